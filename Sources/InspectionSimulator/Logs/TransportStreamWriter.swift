internal import InspectionModel

/// Writes an MPEG transport stream that holds KLV packets as private data beside a stream of something else.
enum TransportStreamWriter {
  private static let dataStream = 0x1F1
  private static let otherStream = 0x1E1

  /// - Parameter hasTimes: four bytes of time before each packet (`.m2ts`).
  static func bytes(_ records: [SimulatedLog.Record], hasTimes: Bool) -> [UInt8] {
    var file: [UInt8] = []
    var counters: [Int: UInt8] = [:]
    func add(_ stream: Int, _ unit: [UInt8]) {
      for (index, start) in stride(from: 0, to: unit.count, by: 184).enumerated() {
        let body = Array(unit[start..<min(unit.count, start + 184)])
        let counter = counters[stream, default: 0]
        counters[stream] = (counter + 1) & 0x0F
        let isShort = body.count < 184
        if hasTimes { file += [0, 0, 0, UInt8(truncatingIfNeeded: file.count)] }
        file += [
          0x47, (index == 0 ? 0x40 : 0) | UInt8(stream >> 8), UInt8(stream & 0xFF),
          (isShort ? 0x30 : 0x10) | counter,
        ]
        // An adaptation field fills up what the payload leaves.
        if isShort {
          let fill = 183 - body.count
          file.append(UInt8(fill))
          if fill > 0 { file += [0] + [UInt8](repeating: 0xFF, count: fill - 1) }
        }
        file += body
      }
    }
    for packet in KLVWriter.packets(records) {
      add(otherStream, [0, 0, 1, 0xE0, 0, 0, 0x80, 0, 0] + [UInt8](repeating: 0x5A, count: 900))
      var unit: [UInt8] = [0, 0, 1, 0xBD]
      unit.append(big: UInt16(packet.count + 8))
      unit += [0x84, 0x80, 5, 0x21, 0, 1, 0, 1]
      add(dataStream, unit + packet)
    }
    return file
  }
}

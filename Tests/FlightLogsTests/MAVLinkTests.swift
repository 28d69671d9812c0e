import FlightLogs
import InspectionModel
import TestSupport
import Testing

/// MAVLink frames byte by byte: checksum, trimming, signatures, noise.
@Suite struct MAVLinkTests {
  /// A heartbeat of version 1 from system 255, written down from a real link.
  private static let heartbeat: [UInt8] = [
    0xFE, 9, 0, 255, 0, 0, 0, 0, 0, 0, 6, 8, 0xC0, 4, 3,
  ]

  /// The frame with its checksum by the definition, one bit at a time.
  private func checked(_ frame: [UInt8], extra: UInt8) -> [UInt8] {
    var crc: UInt16 = 0xFFFF
    for byte in frame.dropFirst() + [extra] {
      crc ^= UInt16(byte)
      for _ in 0..<8 { crc = crc & 1 != 0 ? crc >> 1 ^ 0x8408 : crc >> 1 }
    }
    return frame + [UInt8(crc & 0xFF), UInt8(crc >> 8)]
  }

  @Test func aFrameOfEachVersionIsRead() throws {
    var receiver = MAVLinkReceiver()
    let first = try #require(receiver.feed(checked(Self.heartbeat, extra: 50)).first)
    #expect(first.name == "HEARTBEAT" && first.version == 1 && first.systemID == 255)
    #expect(
      first.status == .heartbeat(vehicleType: 6, autopilot: 8, isArmed: true, mode: 0, state: 4))
    // Version 2: id 33, latitude 29.29, the zeros at the end left out.
    var payload: [UInt8] = [0x10, 0x27, 0, 0]
    for value in [292_900_000, 1_062_500_000, 250_500, 38_500] as [Int32] {
      for shift in [0, 8, 16, 24] { payload.append(UInt8(truncatingIfNeeded: value >> Int32(shift))) }
    }
    while payload.last == 0 { payload.removeLast() }
    let frame = [0xFD, UInt8(payload.count), 0, 0, 7, 1, 1, 33, 0, 0] + payload
    let second = try #require(receiver.feed(checked(frame, extra: 104)).first)
    let (sample, isPhoto) = try #require(second.sample)
    #expect(sample.position == GeodeticPosition(latitudeDegrees: 29.29, longitudeDegrees: 106.25))
    #expect(sample.altitudeMetersAMSL == 250.5 && sample.heightMetersAboveTakeoff == 38.5 && !isPhoto)
    #expect(sample.logTimeNanoseconds == 10_000_000_000)
    #expect(receiver.counts.noiseBytes == 0 && receiver.counts.messages == 2)
  }

  /// Bytes that pymavlink 2.4 wrote.
  @Test func theEncoderWritesWhatOthersWrite() {
    var first = MAVLinkEncoder(version: 1, systemID: 255, componentID: 0)
    #expect(first.frame(0, Array(Self.heartbeat.dropFirst(6))) == Self.heartbeat + [0x19, 0x87])
    var second = MAVLinkEncoder()
    let payload: [UInt8] = [
      0x10, 0x27, 0, 0, 0xA0, 0x4C, 0x75, 0x11, 0xA0, 0x76, 0x54, 0x3F, 0x84, 0xD2, 3, 0, 0x64, 0x96, 0, 0, 0,
      0,
      0, 0, 0, 0, 0, 0,
    ]
    #expect(
      second.frame(33, payload) == [0xFD, 0x12, 0, 0, 0, 1, 1, 0x21, 0, 0] + payload.prefix(18) + [
        0x16, 0xE4,
      ])
  }

  @Test func theEncoderWritesWhatTheDefinitionSays() {
    var encoder = MAVLinkEncoder(version: 1, systemID: 255, componentID: 0)
    #expect(encoder.frame(0, Array(Self.heartbeat.dropFirst(6))) == checked(Self.heartbeat, extra: 50))
    #expect(encoder.frame(0, [UInt8](repeating: 0, count: 9))[2] == 1)
    var second = MAVLinkEncoder(systemID: 2, componentID: 3)
    // All zeros: one of them stays.
    #expect(
      second.frame(0, [UInt8](repeating: 0, count: 9))
        == checked([0xFD, 1, 0, 0, 0, 2, 3, 0, 0, 0, 0], extra: 50))
  }

  @Test func everyKnownMessageGoesThereAndBack() throws {
    #expect(MAVLinkMessageInfo.all.count == 301)
    var generator = SeededGenerator(seed: 12)
    for version in [1, 2] {
      var encoder = MAVLinkEncoder(version: version)
      var receiver = MAVLinkReceiver()
      for info in MAVLinkMessageInfo.all where version == 2 || info.id < 256 {
        let payload = (0..<info.longestPayload).map { _ in UInt8(truncatingIfNeeded: generator.next()) | 1 }
        let message = try #require(receiver.feed(encoder.frame(info.id, payload)).first, "\(info.name)")
        #expect(message.id == info.id && message.payload == payload, "\(info.name)")
        _ = message.sample
        _ = message.status
      }
      #expect(receiver.counts.lostMessages == 0 && receiver.counts.noiseBytes == 0)
    }
  }

  @Test func noiseBetweenFramesIsSkipped() {
    var encoder = MAVLinkEncoder()
    var (bytes, noise): ([UInt8], Int) = ([], 0)
    var generator = SeededGenerator(seed: 13)
    for index in 0..<40 {
      bytes += encoder.frame(30, [UInt8](repeating: UInt8(index + 1), count: 28))
      let run = [0xFE, 0xFD, 9, 0x55, UInt8(truncatingIfNeeded: generator.next())]
      bytes += run
      noise += run.count
    }
    bytes += [UInt8](repeating: 0, count: 300)
    noise += 300
    var receiver = MAVLinkReceiver()
    var count = 0
    for byte in bytes { count += receiver.feed([byte]).count }
    #expect(count == 40)
    #expect(receiver.counts.noiseBytes == noise)
  }

  @Test func datagramsDoNotRunIntoOneAnother() {
    var encoder = MAVLinkEncoder()
    let frame = encoder.frame(30, [UInt8](repeating: 1, count: 28))
    var receiver = MAVLinkReceiver()
    #expect(receiver.feed(Array(frame.dropLast(3)), isDatagram: true).isEmpty)
    #expect(receiver.feed(frame, isDatagram: true).count == 1)
  }

  @Test func lostMessagesAreCountedBySender() {
    var (one, two) = (MAVLinkEncoder(systemID: 1), MAVLinkEncoder(systemID: 2))
    var receiver = MAVLinkReceiver()
    for index in 0..<300 {
      let (first, second) = (
        one.frame(0, [1, 0, 0, 0, 0, 0, 0, 0, 3]), two.frame(0, [1, 0, 0, 0, 0, 0, 0, 0, 3])
      )
      if index % 100 != 50 { _ = receiver.feed(first) }
      _ = receiver.feed(second)
    }
    #expect(receiver.counts.lostMessages == 3 && receiver.counts.messages == 597)
  }

  /// The hash is the caller's; here a sum stands for it.
  @Test func onlyRightAndNewSignaturesCount() {
    let digest: @Sendable ([UInt8]) -> [UInt8] = { bytes in
      let sum = bytes.reduce(UInt64(77)) { $0 &* 31 &+ UInt64($1) }
      return (0..<6).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt64($0))) }
    }
    var encoder = MAVLinkEncoder(signing: .init(linkID: 7, timestamp: 1000, digest: digest))
    var unsigned = MAVLinkEncoder()
    let payload: [UInt8] = [1, 0, 0, 0, 2, 3, 0, 4, 3]
    let frame = encoder.frame(0, payload)
    #expect(
      frame.count == 12 + 9 + 13 && frame[2] == 1 && frame[21] == 7 && frame[22] == 0xE8 && frame[23] == 3)
    var receiver = MAVLinkReceiver(signatures: .required { digest($0.signedBytes) == $0.digest })
    #expect(receiver.feed(frame).first?.isSigned == true)
    // The same frame again, one without a signature, one with a wrong one.
    #expect(receiver.feed(frame).isEmpty && receiver.feed(unsigned.frame(0, payload)).isEmpty)
    var wrong = encoder.frame(0, payload)
    wrong[wrong.count - 1] ^= 1
    #expect(receiver.feed(wrong).isEmpty)
    #expect(receiver.feed(encoder.frame(0, payload)).count == 1)
    #expect(receiver.counts.refusedSignatures == 3)
    var indifferent = MAVLinkReceiver()
    #expect(indifferent.feed(wrong).count == 1)
  }

  @Test func unknownFlagsAndMessagesAreNotRead() {
    var receiver = MAVLinkReceiver()
    #expect(
      receiver.feed(checked([0xFD, 1, 2, 0, 0, 1, 1, 0, 0, 0, 9], extra: 50), isDatagram: true).isEmpty)
    #expect(receiver.counts.messages == 0 && receiver.counts.noiseBytes > 0)
    #expect(
      receiver.feed(checked([0xFD, 1, 0, 0, 0, 1, 1, 0xEE, 0xEE, 0xEE, 9], extra: 50), isDatagram: true)
        .isEmpty)
    #expect(receiver.counts.unknownMessages == 1)
  }

  @Test func statesOfTheVehicleAreTold() throws {
    var encoder = MAVLinkEncoder()
    var receiver = MAVLinkReceiver()
    var system = [UInt8](repeating: 0, count: 31)
    system.replaceSubrange(12..<18, with: [0x2C, 0x01, 0x80, 0x5D, 0x9C, 0xFF])
    system[30] = 73
    let status = receiver.feed(encoder.frame(1, system)).first?.status
    guard case .system(let load, let battery, let dropRate) = status else {
      Issue.record("expected a system status")
      return
    }
    #expect(load == 0.3 && dropRate == 0)
    #expect(battery.remaining == 0.73 && battery.volts == 23.936)
    #expect(battery.amperes == -1 && battery.celsius == nil)
    system[30] = 0xFF
    guard case .system(_, let unknown, _) = receiver.feed(encoder.frame(1, system)).first?.status else {
      Issue.record("expected a system status")
      return
    }
    #expect(unknown.remaining == nil)
    let radio = receiver.feed(encoder.frame(109, [5, 0, 0, 0, 190, 255, 90, 40, 41])).first
    #expect(
      radio?.status == .radio(rssi: 190, remoteRSSI: nil, noise: 40, remoteNoise: 41, receiveErrors: 5))
  }
}

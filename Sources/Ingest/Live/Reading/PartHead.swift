internal import InspectionModel

/// The head of one part of a multipart stream.
struct PartHead: Hashable {
  /// `nil` where it is absent or not a plain number.
  var length: Int?
  var contentType: String?
  /// `X-Timestamp`: seconds since 1970, with a fraction, as several camera programs write it.
  var sourceTime: Timestamp?

  /// Reads lines `Name: value`; what is not of this form is passed over, as cameras write many things.
  init(_ bytes: [UInt8]) {
    for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      guard let colon = line.firstIndex(of: 58) else { continue }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = Self.trimmed(String(decoding: line[line.index(after: colon)...], as: UTF8.self))
      switch name {
      case "content-length":
        let isDecimal = value.utf8.allSatisfy { (48...57).contains($0) }
        // Two different lengths are none.
        let stated = isDecimal ? Int(value) : nil
        length = length == nil || length == stated ? stated : nil
      case "content-type":
        contentType = value.split(separator: ";").first.map { Self.trimmed(String($0)).lowercased() }
      case "x-timestamp": sourceTime = Self.time(value)
      default: break
      }
    }
  }

  /// Whether the type, if one is given, is that of a picture.
  var isPicture: Bool {
    contentType.map { ["image/jpeg", "image/jpg", "image/pjpeg", "image/png"].contains($0) } ?? true
  }

  private static func time(_ text: String) -> Timestamp? {
    let isPlain = text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
    // Until the year 2200: what is beyond it is no time of a camera.
    guard isPlain, let seconds = Double(text), seconds.isFinite, (0..<7.26e9).contains(seconds) else {
      return nil
    }
    return Timestamp(nanoseconds: Int64((seconds * 1e6).rounded()) * 1000)
  }

  private static func trimmed(_ text: String) -> String {
    let head = text.drop { $0 == " " || $0 == "\t" }
    return String(head.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}

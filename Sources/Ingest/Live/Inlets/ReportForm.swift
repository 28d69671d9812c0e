internal import Foundation

/// The fields of a report as they came, by name, and its picture.
package struct ReportForm: Sendable {
  /// Texts are small; a report of many fields is no report.
  static let maximumFields = 32
  static let maximumTextBytes = 16_384

  package private(set) var fields: [String: String] = [:]
  package private(set) var picture: [UInt8]?

  /// Reads `multipart/form-data`: one part for each field; the part `picture` is the picture's bytes.
  ///
  /// - Returns: `nil` where the bytes are of another form or over a bound.
  package init?(multipart bytes: [UInt8], boundary: String) {
    guard (1...70).contains(boundary.utf8.count) else { return nil }
    let delimiter = Array("--\(boundary)".utf8)
    let data = Data(bytes)
    var position = data.startIndex
    var parts = 0
    guard var found = data.range(of: Data(delimiter), in: position..<data.endIndex) else { return nil }
    while true {
      position = found.upperBound
      if data[position...].starts(with: [45, 45]) { return }
      guard let next = data.range(of: Data([13, 10] + delimiter), in: position..<data.endIndex),
        let headEnd = data.range(of: Data([13, 10, 13, 10]), in: position..<next.lowerBound)
      else { return nil }
      parts += 1
      guard parts <= Self.maximumFields, headEnd.lowerBound - position <= 4096,
        let name = Self.name(data[position..<headEnd.lowerBound]),
        take(Array(data[headEnd.upperBound..<next.lowerBound]), as: name)
      else { return nil }
      found = next
    }
  }

  /// Reads a JSON object of texts and numbers; `picture` is base64.
  ///
  /// - Returns: `nil` where the bytes are of another form.
  package init?(json bytes: [UInt8]) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      object.count <= Self.maximumFields
    else { return nil }
    for (name, value) in object {
      let text: String
      switch value {
      case let value as String: text = value
      case let value as NSNumber: text = "\(value)"
      default: return nil
      }
      if name == "picture" {
        guard let data = Data(base64Encoded: text) else { return nil }
        picture = Array(data)
      } else {
        guard text.utf8.count <= Self.maximumTextBytes else { return nil }
        fields[name] = text
      }
    }
  }

  private mutating func take(_ value: [UInt8], as name: String) -> Bool {
    guard fields[name] == nil else { return false }
    if name == "picture" {
      guard picture == nil else { return false }
      picture = value
      return true
    }
    guard value.count <= Self.maximumTextBytes, let text = String(validating: value, as: UTF8.self) else {
      return false
    }
    fields[name] = text
    return true
  }

  /// The `name` of a part's `Content-Disposition`.
  private static func name(_ head: Data) -> String? {
    for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
    where line.lowercased().hasPrefix("content-disposition:") {
      guard let match = line.firstMatch(of: /[; ]name="([A-Za-z_]{1,40})"/) else { return nil }
      return String(match.1)
    }
    return nil
  }
}

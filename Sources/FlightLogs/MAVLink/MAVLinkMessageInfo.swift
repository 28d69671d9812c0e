/// One message of the dialects that are known.
package struct MAVLinkMessageInfo: Sendable {
  package let id: Int
  package let name: String
  /// A byte that stands for the message's fields and enters the checksum.
  package let crcExtra: UInt8
  /// Longest payload with extensions, bytes.
  package let longestPayload: Int

  /// Every known message, by ascending id.
  package static let all: [MAVLinkMessageInfo] = MAVLinkMessageTable.text.split(separator: "\n").map { line in
    let words = line.split(separator: " ")
    guard words.count == 4, let id = Int(words[0]), let extra = UInt8(words[2]), let length = Int(words[3])
    else { preconditionFailure("a line of the message table") }
    return MAVLinkMessageInfo(id: id, name: String(words[1]), crcExtra: extra, longestPayload: length)
  }

  /// The message of an id; `nil` where it is not known.
  package static func message(_ id: Int) -> MAVLinkMessageInfo? {
    MAVLinkMessageIndex().place(of: id).map { all[$0] }
  }
}

/// RFC 4648 base 64 with padding, for pictures in data URIs.
package func base64Text(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  let padding = UInt8(ascii: "=")
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  var index = 0
  while index < bytes.count {
    let left = min(3, bytes.count - index)
    let first = UInt32(bytes[index])
    let second = left > 1 ? UInt32(bytes[index + 1]) : 0
    let third = left > 2 ? UInt32(bytes[index + 2]) : 0
    let group = first << 16 | second << 8 | third
    text.append(alphabet[Int(group >> 18)])
    text.append(alphabet[Int(group >> 12 & 63)])
    text.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : padding)
    text.append(left > 2 ? alphabet[Int(group & 63)] : padding)
    index += 3
  }
  return String(decoding: text, as: UTF8.self)
}

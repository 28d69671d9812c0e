/// Where the fields of a subscribed message lie in its data.
struct ULogLayout: Sendable {
  /// Type and first byte of a field, of an array its first element.
  struct Place: Sendable {
    let type: String
    let offset: Int
    let count: Int
  }

  /// Bytes of all fields; padding at the end need not be written.
  let byteCount: Int
  let leastByteCount: Int
  private let places: [String: Place]

  /// Deepest nesting of formats that is followed.
  private static let depthLimit = 8
  /// A message's data fit 16 bits.
  private static let sizeLimit = 65_535

  /// `nil` where a format is missing, too large or contains itself.
  init?(_ name: String, in formats: [String: ULogFormat]) {
    guard let format = formats[name] else { return nil }
    var (offset, least) = (0, 0)
    var places: [String: Place] = [:]
    for field in format.fields {
      guard let size = Self.size(of: field.type, in: formats, depth: 0) else { return nil }
      places[field.name] = Place(type: field.type, offset: offset, count: field.count)
      offset += size * field.count
      guard offset <= Self.sizeLimit else { return nil }
      if !field.name.hasPrefix("_padding") { least = offset }
    }
    (byteCount, leastByteCount, self.places) = (offset, least, places)
  }

  private static func size(of type: String, in formats: [String: ULogFormat], depth: Int) -> Int? {
    if let basic = ULogFormat.byteCount(of: type) { return basic }
    guard depth < depthLimit, let format = formats[type] else { return nil }
    var total = 0
    for field in format.fields {
      guard let size = size(of: field.type, in: formats, depth: depth + 1) else { return nil }
      total += size * field.count
      guard total <= sizeLimit else { return nil }
    }
    return total
  }

  /// Where a field of one of these types begins; `nil` where there is none.
  func offset(of name: String, _ type: String, count: Int = 1) -> Int? {
    guard let place = places[name], place.type == type, place.count >= count else { return nil }
    return place.offset
  }
}

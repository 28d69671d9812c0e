/// From a message's id to its place in `MAVLinkMessageInfo.all`, without hashing.
struct MAVLinkMessageIndex: Sendable {
  /// By id; 0xFFFF where there is none. Ids have 24 bits, yet the known ones fit 16.
  private let places: [UInt16]
  /// CRC_EXTRA and longest payload by place.
  private let traits: [(crcExtra: UInt8, longestPayload: UInt8)]

  private static let shared: (places: [UInt16], traits: [(UInt8, UInt8)]) = {
    var places = [UInt16](repeating: .max, count: 1 << 16)
    for (place, info) in MAVLinkMessageInfo.all.enumerated() { places[info.id] = UInt16(place) }
    return (places, MAVLinkMessageInfo.all.map { ($0.crcExtra, UInt8($0.longestPayload)) })
  }()

  init() {
    let shared = Self.shared
    (places, traits) = (shared.places, shared.traits)
  }

  @inline(__always)
  func place(of id: Int) -> Int? {
    guard id < places.count else { return nil }
    let place = places[id]
    return place == .max ? nil : Int(place)
  }

  @inline(__always)
  func crcExtra(_ place: Int) -> UInt8 { traits[place].crcExtra }

  @inline(__always)
  func longestPayload(_ place: Int) -> Int { Int(traits[place].longestPayload) }
}

internal import InspectionModel

/// What the pictures of a folder have in common.
struct PictureSummary {
  private var count = 0
  private var placed = 0
  private var withGimbal = 0
  private var first: Timestamp?
  private var last: Timestamp?

  mutating func add(_ metadata: PictureMetadata, _ zone: UTCOffset) {
    count += 1
    if metadata.position != nil { placed += 1 }
    if metadata.gimbal != nil { withGimbal += 1 }
    guard let time = metadata.timestamp(assuming: zone) else { return }
    first = min(first ?? time, time)
    last = max(last ?? time, time)
  }

  func text(_ zone: UTCOffset) -> String {
    guard count > 0 else { return "0" }
    let times =
      if let first, let last { ", \(first.iso8601(in: zone)) to \(last.iso8601(in: zone))" } else { "" }
    return "\(count), \(placed) with a place, \(withGimbal) with a camera direction\(times)"
  }
}

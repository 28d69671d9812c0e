internal import InspectionModel

/// The DataFlash messages that carry a position, an angle or a photo.
enum DataFlashKind: UInt8, Sendable {
  case other, receiver, secondReceiver, estimate, secondEstimate, attitude, photo, mount

  init(_ name: String) {
    self =
      switch name {
      case "GPS": .receiver
      case "GPS2", "GPSB": .secondReceiver
      case "POS": .estimate
      case "AHR2": .secondEstimate
      case "ATT": .attitude
      case "CAM": .photo
      case "MNT": .mount
      default: .other
      }
  }

  /// What a record tells, without its times.
  func sample(_ values: DataFlashValues) -> TelemetrySample {
    var sample = TelemetrySample()
    switch self {
    case .other: break
    case .receiver, .secondReceiver:
      // Before a fix the fields hold what the receiver remembers.
      guard values[.status] ?? 0 >= 2 else { break }
      setPosition(values, self == .receiver ? .receiver : .secondary, &sample)
      if let speed = values[.speed] { sample.setSpeed(speed) }
    case .estimate: setPosition(values, .fused, &sample)
    case .secondEstimate: setPosition(values, .secondary, &sample)
    case .photo: setPosition(values, .fused, &sample)
    case .attitude:
      sample.setAttitude(
        roll: radians(values[.roll]), pitch: radians(values[.pitch]), yaw: radians(values[.yaw]))
    case .mount:
      let yaw = values[.earthYaw] ?? values[.bodyYaw]
      sample.setGimbal(
        roll: values[.roll].map { radians($0) }, pitch: values[.pitch].map { radians($0) },
        yaw: yaw.map { radians($0) })
      if values[.earthYaw] == nil { sample.gimbalReference = .heading }
    }
    return sample
  }

  private func setPosition(
    _ values: DataFlashValues, _ source: PositionSource, _ sample: inout TelemetrySample
  ) {
    guard let latitude = values[.latitude], let longitude = values[.longitude] else { return }
    sample.setPosition(latitudeDegrees: latitude, longitudeDegrees: longitude, source)
    guard sample.position != nil else { return }
    if let altitude = values[.altitude] { sample.setAltitude(altitude) }
    // Old receivers' records and photos count their height from home, too.
    if let height = values[.homeHeight] ?? values[.height] { sample.setHeight(height) }
  }

  private func radians(_ degrees: Double?) -> Double { (degrees ?? .nan) * .pi / 180 }
}

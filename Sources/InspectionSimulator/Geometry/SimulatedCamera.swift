/// The drone's camera: a pinhole without distortion, its principal point in the middle of the picture.
struct SimulatedCamera: Sendable, Hashable {
  let widthPixels: Int
  let heightPixels: Int

  /// 4.8 mm over 6.4 mm: a horizontal view of 67 degrees, like 27 mm on 24 x 36 mm film.
  static let focalLengthMicrometers = 4800
  static let sensorWidthMicrometers = 6400
  static let focalLength35mmEquivalentMillimeters = 27

  var focalLengthPixels: Double {
    Double(Self.focalLengthMicrometers) / Double(Self.sensorWidthMicrometers) * Double(widthPixels)
  }

  /// Size of the ground under a camera that looks straight down, metres.
  func footprintMeters(heightMeters: Double) -> (across: Double, along: Double) {
    let scale = heightMeters / focalLengthPixels
    return (scale * Double(widthPixels), scale * Double(heightPixels))
  }
}

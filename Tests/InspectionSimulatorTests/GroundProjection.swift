import Foundation
import InspectionModel
import InspectionSimulator

/// The textbook projection from `truth.json` alone, with the C library's sine: nothing of the simulator in
/// it.
struct GroundProjection {
  let camera: FlightTruth.Camera
  let pose: FlightTruth.Pose

  /// Fractions of the picture (not turned) at which a point of the flat ground shows.
  func image(latitudeDegrees: Double, longitudeDegrees: Double) -> (u: Double, v: Double) {
    let plane = LocalPlane(
      origin: GeodeticPosition<CGCS2000>(
        latitudeDegrees: pose.latitudeDegrees, longitudeDegrees: pose.longitudeDegrees))
    let (east, north) = plane.offsetMeters(
      of: GeodeticPosition(latitudeDegrees: latitudeDegrees, longitudeDegrees: longitudeDegrees))
    let radians = Double.pi / 180
    // North, east, down into the body: first undo yaw, then pitch, then roll.
    let (yaw, pitch, roll) = (
      pose.gimbalYawDegrees * radians, pose.gimbalPitchDegrees * radians, pose.gimbalRollDegrees * radians
    )
    let ahead = north * cos(yaw) + east * sin(yaw), aside = east * cos(yaw) - north * sin(yaw)
    let forward = ahead * cos(pitch) - pose.heightMeters * sin(pitch)
    let down = ahead * sin(pitch) + pose.heightMeters * cos(pitch)
    let right = aside * cos(roll) + down * sin(roll), below = down * cos(roll) - aside * sin(roll)
    return (
      0.5 + camera.focalLengthPixels * right / forward / Double(camera.widthPixels),
      0.5 + camera.focalLengthPixels * below / forward / Double(camera.heightPixels)
    )
  }
}

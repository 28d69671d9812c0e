/// A node that is simulated.
package struct SimulatedNode: Sendable, Hashable {
  /// `SIM-N01` and so on.
  package let id: String
  package let transport: NodeTransport
  package let periodSeconds: Double
  /// When its first picture is due, 0 ..< one period: nodes do not tick together.
  let phaseSeconds: Double
  /// Which folder of pictures it shows, and where in it it begins.
  let reel: Int
  let firstPicture: Int
}

/// How a simulated node gives its pictures.
package enum NodeTransport: String, Sendable, Hashable, CaseIterable {
  case mjpeg
  case snapshot
  case push
  case directory
}

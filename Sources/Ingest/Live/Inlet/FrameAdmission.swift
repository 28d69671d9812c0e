/// What became of a frame that was offered.
package enum FrameAdmission: Sendable, Hashable {
  case admitted
  case dropped(FrameDrop)
}

/// The colour classes that `PixelKernels.tileColours` counts, in the order of its output; a sample may fall
/// into several. The formulas open the kernel file `tile_colours.c`.
package enum ColourClass: Int, Sendable, CaseIterable {
  case flame = 0
  case neutral
  case vegetation
  case sky
  case saturated
  case dark
  case bright
  case earth
}

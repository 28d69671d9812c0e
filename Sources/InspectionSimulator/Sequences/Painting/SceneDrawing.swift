/// What one moment looks like, as a list of shapes in whole pixels and settings of light and lens. It is painted at
/// any sampling: by pixels for a JPEG, by 8x8 blocks for a coarse frame.
///
/// The order is that of light: surfaces, lit by the sun and by lights; what shines by itself; the exposure; the
/// lens; what is in front of the lens; the sensor's noise. Overlays are written into the finished picture.
package struct SceneDrawing: Sendable {
  /// Things of the scene, back to front, in the colour that they have in full sunlight.
  package var surfaces: [Shape] = []
  /// Sunlight, 256ths of full.
  package var ambientLight256ths = 256
  /// Lights: each adds to the sunlight around it, 256ths at its centre.
  package var lights: [Glow<Int>] = []
  /// Things that shine by themselves, back to front.
  package var emitters: [Shape] = []
  /// Light in the air that is added to the picture, levels at its centre.
  package var glows: [Glow<SceneColor>] = []
  /// Lamps that are to burn; those that failed stay dark.
  package var lamps: [Lamp] = []
  package var failedLamps: Set<Lamp.ID> = []
  /// The camera's exposure, 256ths.
  package var exposure256ths = 256
  /// Radius of a box blur of the lens, 0…8 pixels.
  package var blurRadiusPixels = 0
  /// Things on or before the lens: unlit and not blurred.
  package var covers: [Shape] = []
  /// Written into the picture by the camera's electronics, without noise of their own.
  package var overlays: [Shape] = []
  /// Noise of a luma pixel, hundredths of a level.
  package var noiseSigmaHundredths: Int
  /// How far the scene lies from its place in the picture because the camera moved, pixels.
  package var shift = Shift()
  /// Areas whose backdrop lies elsewhere than usual: branches in the wind.
  package var displacements: [Displacement] = []

  package init(noiseSigmaHundredths: Int) { self.noiseSigmaHundredths = noiseSigmaHundredths }

  /// A thing of one or more rectangles that do not overlap, so that the mean of a block that several of them lie
  /// in is exact.
  package struct Shape: Sendable, Hashable {
    package var parts: [Stroke]

    package init(_ parts: [Stroke]) { self.parts = parts }
    package init(_ part: Stroke) { parts = [part] }
  }

  /// A rectangle of one colour with a pattern.
  package struct Stroke: Sendable, Hashable {
    package var rect: PictureRect
    package var color: SceneColor
    /// How far pixels lie from the colour, sixteenths of a level.
    package var detailSixteenths: Int
    /// 256 hides what is behind.
    package var opacity256ths: Int

    package init(
      _ rect: PictureRect, _ color: SceneColor, detailSixteenths: Int = 0, opacity256ths: Int = 256
    ) {
      (self.rect, self.color) = (rect, color)
      (self.detailSixteenths, self.opacity256ths) = (detailSixteenths, opacity256ths)
    }
  }

  /// A round or oval spot that fades to nothing at its rim: `peak · (1 − d²)²` with d = 1 at the rim.
  package struct Glow<Peak: Sendable & Hashable>: Sendable, Hashable {
    package var centerX: Int
    package var centerY: Int
    package var radiusX: Int
    package var radiusY: Int
    package var peak: Peak
    /// How much of the peak there is, 65,536ths.
    package var strength: Int

    /// - Precondition: radii of at least 24 pixels: a block is lit as its middle is.
    package init(centerX: Int, centerY: Int, radiusX: Int, radiusY: Int, peak: Peak, strength: Int = 65_536) {
      precondition(radiusX >= 24 && radiusY >= 24, "a glow is larger than a block")
      (self.centerX, self.centerY, self.radiusX, self.radiusY) = (centerX, centerY, radiusX, radiusY)
      (self.peak, self.strength) = (peak, strength)
    }
  }

  /// A lamp with the light that it throws, unless it failed.
  package struct Lamp: Sendable, Hashable {
    /// The lamp's place in its row.
    package struct ID: Sendable, Hashable {
      package var row: String
      package var index: Int
    }

    package var id: ID
    package var head: Stroke
    package var light: Glow<Int>
  }

  /// Lamps that burn.
  var burningLamps: [Lamp] { lamps.filter { !failedLamps.contains($0.id) } }

  /// A way in the picture, pixels.
  package struct Shift: Sendable, Hashable {
    package var x = 0
    package var y = 0

    package init(x: Int = 0, y: Int = 0) { (self.x, self.y) = (x, y) }
  }

  /// An area that shows a part of the backdrop that lies elsewhere.
  package struct Displacement: Sendable, Hashable {
    /// Snapped to whole 16-pixel squares.
    package var rect: PictureRect
    package var shift: Shift

    package init(_ rect: PictureRect, by shift: Shift) { (self.rect, self.shift) = (rect, shift) }
  }
}

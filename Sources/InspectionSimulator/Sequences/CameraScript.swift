package import FrameMemory

/// What a fixed camera is to see: its pictures, its noise and what happens before it. The same script gives the
/// same frames on every machine.
package struct CameraScript: Sendable {
  /// Chooses the street, its textures and the noise.
  package var seed: UInt64
  /// Picture size, pixels: 64…4096 each.
  package var widthPixels = 640
  package var heightPixels = 360
  package var chroma = ChromaLayout.ycbcr420
  /// From one frame to the next: 40 ms for a live camera, 10,000 ms for a slow one.
  package var frameIntervalMilliseconds = 40
  /// JPEG quality, 1…100.
  package var quality = 80
  /// Sensor noise of a luma pixel, one standard deviation, hundredths of a level.
  package var noiseSigmaHundredths = 200
  /// Sunlight on the scene, 256ths: 256 by day, about 30 by night.
  package var ambientLight256ths = 256
  /// What happens, from back to front.
  package var events: [any SequenceEvent] = []

  package init(seed: UInt64) { self.seed = seed }

  /// Where things are in the street of this script's picture size.
  package var street: StreetLayout {
    StreetLayout(widthPixels: widthPixels, heightPixels: heightPixels)
  }

  /// The moment of a frame.
  package func moment(ofFrame index: Int) -> SequenceMoment {
    SequenceMoment(frameIndex: index, milliseconds: index * frameIntervalMilliseconds, seed: seed)
  }

  /// The first frame at or after a time.
  package func firstFrame(from milliseconds: Int) -> Int {
    (milliseconds + frameIntervalMilliseconds - 1) / frameIntervalMilliseconds
  }
}

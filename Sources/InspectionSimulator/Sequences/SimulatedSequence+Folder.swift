package import Foundation
internal import FrameMemory
internal import ImageCodecs
internal import InspectionModel

extension SimulatedSequence {
  /// `SIM_000001.JPG` for the first picture.
  package func fileName(ofFrame index: Int) -> String { "SIM_\(padded(index + 1, 6)).JPG" }

  /// Writes the first pictures of the sequence and `truth.json` into a folder that is made, or is empty.
  ///
  /// - Parameter progress: called after each file with its name.
  package func write(
    frameCount: Int, to folder: URL, progress: (String) -> Void = { _ in }
  ) throws(SimulationWritingError) {
    let output = try OutputFolder(folder)
    let format = FrameFormat(
      widthPixels: script.widthPixels, heightPixels: script.heightPixels, chroma: script.chroma)
    let pool = FramePool(slabCount: 1, slabBytes: format.byteCount)
    var truths: [SequenceTruth.Frame] = []
    for index in 0..<frameCount {
      let bytes: [UInt8]
      do throws(ImageError) { bytes = try jpeg(index, into: pool) } catch { throw .image(error) }
      let truth = truth(ofFrame: index)
      truths.append(truth)
      try output.write(SimulatedFile(name: truth.name, bytes: bytes))
      progress(truth.name)
    }
    let all = truth(frames: truths)
    var head = all
    (head.events, head.frames) = ([], [])
    let text = TruthText.bytes(head, lists: [("events", all.events), ("frames", all.frames)])
    try output.write(SimulatedFile(name: "truth.json", bytes: text))
    progress("truth.json")
  }
}

internal import FrameMemory
package import ImageCodecs
internal import InspectionModel

/// A planned flight whose files can be made one by one, in memory.
package struct SimulatedFlight: Sendable {
  package let plan: FlightPlan
  let camera: SimulatedCamera
  let scene: GroundScene
  let path: FlightPath
  private let pool: FramePool

  /// One file of the flight's folder.
  package typealias File = SimulatedFile

  package init(plan: FlightPlan) throws(FlightPlanError) {
    try plan.validate()
    self.plan = plan
    camera = SimulatedCamera(widthPixels: plan.widthPixels, heightPixels: plan.heightPixels)
    scene = GroundScene(plan: plan)
    path = FlightPath(plan: plan, camera: camera, frame: scene.frame)
    let format = FrameFormat(
      widthPixels: plan.widthPixels, heightPixels: plan.heightPixels, chroma: .ycbcr420)
    pool = FramePool(slabCount: 8, slabBytes: format.byteCount)
  }

  /// `SIM_0001.JPG` for the first picture.
  package func fileName(ofFrame index: Int) -> String { "SIM_\(padded(index + 1, 4)).JPG" }

  /// Draws and encodes one picture; gives its truth too.
  package func frame(_ index: Int) throws(ImageError) -> (file: File, truth: FlightTruth.Frame) {
    let view = CameraView(camera: camera, pose: path.poses[index], frame: scene.frame)
    var picture = picture(index, view)
    let isTurned = isTurned(index)
    if isTurned { picture = picture.turned }
    var bytes = try ImageEncoder(quality: plan.quality).jpeg(
      picture.frame(in: pool), segments: tags(ofFrame: index).segments)
    if isTruncated(index) {
      bytes.removeLast(bytes.count * 2 / 5)
    }
    let truth = FlightTruth.Frame(
      name: fileName(ofFrame: index), sequenceNumber: index,
      time: path.time(ofFrame: index).iso8601(in: .shanghai), pose: FlightTruth.Pose(path.poses[index]),
      recordedPose: path.recorded[index] == path.poses[index] ? nil : FlightTruth.Pose(path.recorded[index]),
      isTurned: isTurned,
      sightings: sightings(picture, view, isTurned: isTurned),
      smokeBox: picture.smokeBox?.roundedToMillionths,
      tiePoints: tiePoints(index, view, isTurned: isTurned))
    return (File(name: truth.name, bytes: bytes), truth)
  }

  private func picture(_ index: Int, _ view: CameraView) -> RenderedPicture {
    let showsHazards = index >= plan.hazardsAppearAtFrame
    var (colors, parts) = FrameRenderer(scene: scene, view: view, showsHazards: showsHazards).trace()
    guard !plan.isMarked else {
      // A fixed camera's pictures have grain, or each would be the same as the one before.
      return RenderedPicture(
        colors: colors, parts: parts, view: view, grain: plan.isFixedCamera ? 2 : 0, salt: UInt64(index))
    }
    let smoke = PuffCloud(scene: scene, seed: plan.seed, frameIndex: index, showsHazards: showsHazards)
      .draw(over: &colors, view, noise: scene.noise)
    var picture = RenderedPicture(
      colors: colors, parts: parts, view: view, grain: plan.isNight ? 7 : 2.5, salt: UInt64(index))
    picture.smoke = smoke
    return picture
  }

  /// The telemetry log; `nil` where the plan has none.
  package func sidecar() -> File? {
    var text: String
    switch plan.sidecar {
    case .none: return nil
    case .srt: text = SubtitleWriter.text(records(SubtitleWriter.periodMilliseconds))
    case .airdata: text = AirdataWriter.text(records(AirdataWriter.periodMilliseconds))
    }
    if plan.damages.contains(.brokenSidecar) { text = damaged(text) }
    return File(name: sidecarName, bytes: Array(text.utf8))
  }

  var sidecarName: String { plan.sidecar == .srt ? "SIM_FLIGHT.SRT" : "SIM_FLIGHT.csv" }

  func records(_ periodMilliseconds: Int) -> [TelemetryRecord] {
    TelemetryRecord.records(of: path, periodMilliseconds: periodMilliseconds, frame: scene.frame)
  }

  private func tags(ofFrame index: Int) -> PictureTags {
    var tags = PictureTags(
      pose: path.recorded[index], takenAt: path.time(ofFrame: index), widthPixels: plan.widthPixels,
      heightPixels: plan.heightPixels, tagging: plan.isFixedCamera ? .none : plan.tags)
    tags.positionSigmaCentimeters = Int((plan.errors.positionSigmaMeters * 100).rounded())
    tags.hasAttitude = !lacksAttitude(index)
    // Two hours and some after the flight, one picture each two seconds.
    if isTurned(index) {
      tags.savedAgainAt = path.time(ofFrame: plan.frameCount).advanced(bySeconds: Double(9000 + 2 * index))
    }
    return tags
  }
}

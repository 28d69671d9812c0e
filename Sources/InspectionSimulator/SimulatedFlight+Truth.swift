internal import InspectionModel

extension SimulatedFlight {
  /// The truth of the whole flight around the truth of its pictures.
  package func truth(frames: [FlightTruth.Frame]) -> FlightTruth {
    FlightTruth(
      seed: plan.seed, isMarked: plan.isMarked, isNight: plan.isNight,
      camera: FlightTruth.Camera(
        widthPixels: camera.widthPixels, heightPixels: camera.heightPixels,
        focalLengthPixels: camera.focalLengthPixels,
        focalLengthMillimeters: Double(SimulatedCamera.focalLengthMicrometers) / 1000,
        sensorWidthMillimeters: Double(SimulatedCamera.sensorWidthMicrometers) / 1000),
      groundMetersAMSL: Double(GroundScene.groundMetersAMSL),
      positionSigmaMeters: plan.errors.positionSigmaMeters, heightSigmaMeters: plan.errors.heightSigmaMeters,
      attitudeSigmaDegrees: plan.errors.attitudeSigmaDegrees, hazards: scene.layout.hazards.map(truth),
      frames: frames, damages: damageTruth)
  }

  private func truth(_ hazard: SceneHazard) -> FlightTruth.Hazard {
    let outline = hazard.area.outline(noise: scene.noise)
    let center = scene.frame.position(of: hazard.area.center)
    return FlightTruth.Hazard(
      id: hazard.id, kind: hazard.kind, latitudeDegrees: roundedDecimals(center.latitudeDegrees, 8),
      longitudeDegrees: roundedDecimals(center.longitudeDegrees, 8),
      radiusMeters: roundedDecimals(outline.map { ($0 - hazard.area.center).lengthMeters }.max() ?? 0, 3),
      outline: outline.map { corner in
        let position = scene.frame.position(of: corner)
        return [roundedDecimals(position.longitudeDegrees, 8), roundedDecimals(position.latitudeDegrees, 8)]
      }, partCount: hazard.parts.count, firstFrame: plan.hazardsAppearAtFrame)
  }

  /// What the picture shows of each hazard part, by its own pixels.
  func sightings(
    _ picture: RenderedPicture, _ view: CameraView, isTurned: Bool
  ) -> [FlightTruth.Sighting] {
    picture.partBoxes().compactMap { number, box, pixelCount in
      let part = scene.parts[number - 1]
      let first = scene.parts.firstIndex { $0.hazardIndex == part.hazardIndex }!
      guard let center = view.project(part.shape.center) else { return nil }
      let isCut = box.x <= 0 || box.y <= 0 || box.x + box.width >= 1 || box.y + box.height >= 1
      return FlightTruth.Sighting(
        hazard: scene.layout.hazards[part.hazardIndex].id, part: number - 1 - first,
        box: box.roundedToMillionths,
        pixelCount: pixelCount, center: imagePoint(center.u, center.v, isTurned: isTurned),
        isCut: isCut)
    }
  }

  /// Nine points spread over the picture, each with the ground that it shows; fewer where the sky is seen.
  func tiePoints(_ index: Int, _ view: CameraView, isTurned: Bool) -> [FlightTruth.TiePoint] {
    var random = SimulatorRandom(seed: plan.seed &+ UInt64(index), stream: .tiePoints)
    return (0..<9).compactMap { number in
      let u = (Double(number % 3) + random.between(0.2, 0.8)) / 3
      let v = (Double(number / 3) + random.between(0.2, 0.8)) / 3
      let (pixelU, pixelV) = (
        roundedDecimals(u, 6) * Double(camera.widthPixels),
        roundedDecimals(v, 6) * Double(camera.heightPixels)
      )
      guard let ground = view.ground(u: pixelU, v: pixelV) else { return nil }
      let position = scene.frame.position(of: ground)
      let point = imagePoint(pixelU, pixelV, isTurned: isTurned)
      return FlightTruth.TiePoint(
        u: point.u, v: point.v, latitudeDegrees: roundedDecimals(position.latitudeDegrees, 8),
        longitudeDegrees: roundedDecimals(position.longitudeDegrees, 8))
    }
  }

  private func imagePoint(_ u: Double, _ v: Double, isTurned: Bool) -> FlightTruth.ImagePoint {
    let (u, v) = (u / Double(camera.widthPixels), v / Double(camera.heightPixels))
    return FlightTruth.ImagePoint(
      u: roundedDecimals(isTurned ? 1 - u : u, 6), v: roundedDecimals(isTurned ? 1 - v : v, 6))
  }
}

extension NormalizedBox {
  /// The same box with six decimals.
  var roundedToMillionths: NormalizedBox {
    NormalizedBox(
      x: roundedDecimals(x, 6), y: roundedDecimals(y, 6), width: roundedDecimals(width, 6),
      height: roundedDecimals(height, 6))
  }
}

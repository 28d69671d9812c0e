/// Scripts with a name, for demonstrations and for tests from end to end. Something begins after a quarter of the
/// time, so that a background can be learnt before.
package enum CameraScenario: String, Sendable, Hashable, CaseIterable {
  /// Noise only.
  case still
  case traffic
  /// Cars stop on one lane while the others flow.
  case congestion
  case fire
  /// Goods that somebody leaves on the pavement.
  case dumping
  /// Water that gathers on the verge and, brightly, on the pavement, and runs off.
  case ponding
  /// At night one lamp of a row fails, then the whole row.
  case lampFailure = "lamp-failure"
  /// Equal pictures; later the same pixels coded anew under a running clock.
  case freeze
  case blur
  /// A hand over half of the lens, then plastic over all of it.
  case cover
  case moved
  /// What is no hazard by day: wind, rain, a cloud, a red car, a sunset, a steady red lamp and a turn signal.
  case harmlessDay = "harmless-day"
  /// What is no hazard by night: lamps at dusk and dawn, headlights, signals.
  case harmlessNight = "harmless-night"

  /// The script of the scenario.
  ///
  /// - Parameter frameCount: over which the scenario spreads.
  package func script(
    seed: UInt64, widthPixels: Int = 640, heightPixels: Int = 360, frameIntervalMilliseconds: Int = 40,
    frameCount: Int
  ) -> CameraScript {
    var script = CameraScript(seed: seed)
    (script.widthPixels, script.heightPixels) = (widthPixels, heightPixels)
    script.frameIntervalMilliseconds = frameIntervalMilliseconds
    let stage = ScenarioStage(
      street: script.street, totalMilliseconds: max(40, frameCount * frameIntervalMilliseconds))
    script.events = stage.events(of: self)
    if self == .lampFailure || self == .harmlessNight {
      (script.ambientLight256ths, script.noiseSigmaHundredths) = (36, 300)
    }
    return script
  }
}

/// Where and when the events of a scenario take place, in proportion to picture and time.
private struct ScenarioStage {
  let street: StreetLayout
  let totalMilliseconds: Int

  func events(of scenario: CameraScenario) -> [any SequenceEvent] {
    switch scenario {
    case .still: []
    case .traffic: [traffic([0, 1, 2, 3])]
    case .congestion: [traffic([0, 1]), queue]
    case .fire: [traffic([2, 3]), fire]
    case .dumping: [traffic([0, 1, 2, 3]), goods]
    case .ponding: ponds
    case .lampFailure:
      [
        lamps(EventSpan()), LampFailure("one-lamp", from(2), row: lamps(EventSpan()), lamps: [1]),
        LampFailure("all-lamps", from(5), row: lamps(EventSpan())),
      ]
    case .freeze:
      [
        traffic([0, 1, 2, 3]), ClockOverlay("clock", x: 16, y: 16), CameraFreeze("equal", from(2, to: 4)),
        CameraFreeze("coded-anew", from(6), qualities: [80, 74, 86], keepsClock: true),
      ]
    case .blur:
      [
        traffic([1, 2]),
        CameraBlur("blur", from(2), radiusPixels: 5, driftMilliseconds: totalMilliseconds / 8),
      ]
    case .cover:
      [traffic([0, 1, 2, 3])] + covers
    case .moved:
      [
        traffic([1, 2]),
        CameraMoved("turned", from(2), by: SceneDrawing.Shift(x: 40, y: -24)),
        CameraMoved(
          "turned-slowly", from(5), by: SceneDrawing.Shift(x: -48, y: 16),
          turnMilliseconds: totalMilliseconds / 8),
      ]
    case .harmlessDay: harmlessByDay
    case .harmlessNight: harmlessByNight
    }
  }

  /// From so many eighths of the time.
  private func from(_ eighth: Int, to end: Int? = nil) -> EventSpan {
    EventSpan(
      from: totalMilliseconds * eighth / 8,
      until: end.map { max(totalMilliseconds * eighth / 8 + 1, totalMilliseconds * $0 / 8) })
  }

  private func x(_ thousandths: Int) -> Int { street.widthPixels * thousandths / 1000 }
  private func size(_ thousandths: Int) -> Int { street.pixels(thousandths) }

  private func traffic(_ lanes: [Int]) -> Traffic {
    Traffic(
      "traffic",
      lanes: lanes.map { lane in
        let speed = street.widthPixels * (4 + lane) / 20
        return Traffic.Lane(
          street.lane(lane), speedPixelsPerSecond: lane < 2 ? -speed : speed,
          headwayMilliseconds: 1500 + 250 * lane)
      })
  }

  private var queue: StandingQueue {
    let span = from(2)
    return StandingQueue(
      "queue", span, lane: street.lane(3), stopX: x(950), carCount: 8,
      speedPixelsPerSecond: street.widthPixels / 5,
      headwayMilliseconds: 1200, releaseMilliseconds: totalMilliseconds * 7 / 8)
  }

  private var fire: Flames {
    Flames(
      "fire", from(2), footX: x(300), footY: street.pavement.bottom - size(10),
      startSize: (widthPixels: size(60), heightPixels: size(50)),
      fullSize: (widthPixels: size(200), heightPixels: size(220)), growthMilliseconds: totalMilliseconds / 4)
  }

  private var goods: AppearingObject {
    let height = size(90)
    return AppearingObject(
      "goods", from(2),
      rect: PictureRect(
        x: x(640), y: street.pavement.bottom - height - size(10), width: size(150), height: height))
  }

  private var ponds: [any SequenceEvent] {
    [
      Ponding(
        "pond", from(2), centerX: x(300), centerY: (street.verge.top + street.verge.bottom) / 2,
        radiusX: x(160), radiusY: street.verge.height * 2 / 5, growthMilliseconds: totalMilliseconds / 4),
      Ponding(
        "mirror", from(2), centerX: x(700), centerY: (street.pavement.top + street.pavement.bottom) / 2,
        radiusX: x(120), radiusY: street.pavement.height * 2 / 5, look: .bright,
        growthMilliseconds: totalMilliseconds / 4, drainMilliseconds: totalMilliseconds * 5 / 8),
    ]
  }

  private func lamps(_ span: EventSpan) -> LampRow {
    LampRow(
      "lamps", span, headXs: [125, 315, 500, 685, 875].map(x), headY: street.facades.top + size(150),
      groundY: street.road.top, radiusX: max(24, size(190)), radiusY: max(24, size(160)))
  }

  private var covers: [any SequenceEvent] {
    let half = PictureRect(x: 0, y: 0, width: street.widthPixels / 2, height: street.heightPixels)
    return [
      CameraCover("hand", from(2, to: 4), rect: half, material: .hand, arrivalMilliseconds: 400),
      CameraCover("plastic", from(6), rect: street.picture, material: .plastic),
    ]
  }

  private var harmlessByDay: [any SequenceEvent] {
    let lane = street.lane(2)
    let red = PictureRect(
      x: -lane.height * 2, y: lane.top + lane.height / 8, width: lane.height * 9 / 5,
      height: lane.height * 3 / 4)
    return [
      WavingTrees("wind", EventSpan(), rects: street.trees), traffic([0, 3]),
      MovingObject(
        "red-car", from(2), start: red, speedXPixelsPerSecond: street.widthPixels / 5, look: .redCar),
      SignalLamp(
        "turn-signal", from(2), rect: PictureRect(x: x(500), y: street.pavement.top, width: 12, height: 12),
        color: .amberLight, periodMilliseconds: 1000),
      SignalLamp(
        "red-lamp", EventSpan(), rect: PictureRect(x: x(600), y: street.pavement.top, width: 12, height: 12)),
      LightCourse.cloud(
        "cloud", totalMilliseconds * 3 / 8...totalMilliseconds * 5 / 8, gain256ths: 170),
      Precipitation("rain", from(5), .rain, fleckCount: 200, picture: street.picture),
      Sunset(
        "sunset", from(4), centerX: x(700), centerY: street.facades.top, radiusX: x(400),
        radiusY: size(400), riseMilliseconds: max(1, totalMilliseconds / 2)),
      CameraShake("pole", EventSpan()),
    ]
  }

  private var harmlessByNight: [any SequenceEvent] {
    let lane = street.lane(1)
    return [
      lamps(from(2, to: 7)),
      Headlights(
        "headlights", from(3), startX: -80, y: lane.top + lane.height / 2,
        speedPixelsPerSecond: street.widthPixels / 4),
      Headlights(
        "headlights-back", from(4), startX: street.widthPixels + 80, y: lane.bottom + lane.height / 2,
        speedPixelsPerSecond: -street.widthPixels / 4),
      SignalLamp(
        "signal", EventSpan(), rect: PictureRect(x: x(600), y: street.pavement.top, width: 12, height: 12),
        periodMilliseconds: 1000),
    ]
  }
}

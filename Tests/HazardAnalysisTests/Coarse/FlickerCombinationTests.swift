import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

/// Harmless things that come together, and a fire among them.
@Suite struct FlickerCombinationTests {
  static let seeds: [UInt64] = [1, 2]

  /// What stands before the camera in a script of 640 x 360 pixels.
  enum Thing: String, Sendable, CaseIterable {
    case shake, strongShake, rain, snow, trees, lamp, turnSignal, sunset

    func events(_ street: StreetLayout) -> [any SequenceEvent] {
      switch self {
      case .shake: [CameraShake("pole", EventSpan())]
      case .strongShake: [CameraShake("pole", EventSpan(), reachPixels: 3)]
      case .rain: [Precipitation("rain", EventSpan(), .rain, fleckCount: 200, picture: street.picture)]
      case .snow: [Precipitation("snow", EventSpan(), .snow, fleckCount: 400, picture: street.picture)]
      case .trees: [WavingTrees("trees", EventSpan(), rects: street.trees)]
      case .lamp:
        [
          SignalLamp(
            "lamp", EventSpan(), rect: PictureRect(x: 384, y: street.pavement.top, width: 12, height: 12))
        ]
      case .turnSignal:
        [
          SignalLamp(
            "signal", EventSpan(), rect: PictureRect(x: 320, y: street.pavement.top, width: 12, height: 12),
            color: .amberLight, periodMilliseconds: 1000)
        ]
      case .sunset:
        [
          Sunset(
            "sunset", EventSpan(), centerX: 448, centerY: street.facades.top, radiusX: 256, radiusY: 144,
            riseMilliseconds: 10_000)
        ]
      }
    }
  }

  static func watch(
    _ things: [Thing], seed: UInt64, intervalMilliseconds: Int = 40, untilMilliseconds end: Int = 12_000,
    fire: Flames? = nil
  ) -> WatchedSequence {
    var watched = WatchedSequence(seed: seed) { script in
      script.frameIntervalMilliseconds = intervalMilliseconds
      script.events = things.flatMap { $0.events(script.street) } + (fire.map { [$0] } ?? [])
    }
    watched.watch(untilMilliseconds: end)
    return watched
  }

  @Test(
    arguments: [
      [.lamp, .shake], [.lamp, .strongShake], [.lamp, .shake, .rain], [.turnSignal, .shake, .rain],
      [.sunset, .rain], [.sunset, .snow], [.sunset, .shake], [.sunset, .rain, .shake],
      [.sunset, .trees, .rain, .shake, .lamp, .turnSignal],
    ] as [[Thing]])
  func harmlessThingsTogetherAreNoFlames(things: [Thing]) {
    for seed in Self.seeds {
      let watched = Self.watch(things, seed: seed)
      #expect(watched.findings.contains { $0.showsFlameColours })
      #expect(watched.moments(.flames, .began).isEmpty, "\(things) seed \(seed): \(watched.events)")
    }
  }

  @Test(arguments: [66, 100]) func norAreTheyAtOtherRates(intervalMilliseconds: Int) {
    for seed in Self.seeds {
      for things in [[Thing.lamp, .strongShake], [.sunset, .trees, .rain, .shake]] {
        let watched = Self.watch(things, seed: seed, intervalMilliseconds: intervalMilliseconds)
        #expect(watched.moments(.flames, .began).isEmpty, "\(things) seed \(seed): \(watched.events)")
      }
    }
  }

  /// Not before a sunset in wind and rain: there a fire is told late, or not at every rate.
  @Test(
    arguments: [[], [.strongShake], [.rain, .shake]] as [[Thing]], [40, 100])
  func aFireAmongThemIsFound(things: [Thing], intervalMilliseconds: Int) {
    let fire = FlickerTests.fire(from: 4000)
    for seed in Self.seeds {
      let watched = Self.watch(
        things, seed: seed, intervalMilliseconds: intervalMilliseconds, untilMilliseconds: 10_000, fire: fire)
      let began = watched.moments(.flames, .began)
      #expect(
        began.count == 1 && (4500...6600).contains(began.first ?? 0), "\(things) seed \(seed): \(began)")
      #expect(watched.findings.last?.flicker == .flames, "\(things) seed \(seed)")
    }
  }

  /// The fire lights the whole street in its own rhythm.
  @Test func aFireAtNightIsFound() {
    for seed in Self.seeds {
      var watched = WatchedSequence(seed: seed) { script in
        (script.ambientLight256ths, script.noiseSigmaHundredths) = (36, 300)
        script.frameIntervalMilliseconds = 40
        script.events = [CameraShake("pole", EventSpan()), FlickerTests.fire(from: 4000)]
      }
      watched.watch(untilMilliseconds: 12_000)
      let began = watched.moments(.flames, .began)
      #expect(began.count == 1 && (4500...7500).contains(began.first ?? 0), "seed \(seed): \(began)")
    }
  }

  /// The scenario of everything harmless, as short as its sunset allows.
  @Test(arguments: [CameraScenario.harmlessDay, .harmlessNight])
  func harmlessScenariosAreQuiet(scenario: CameraScenario) {
    for seed in Self.seeds {
      var watched = WatchedSequence(seed: seed) { script in
        script = scenario.script(seed: seed, frameIntervalMilliseconds: 66, frameCount: 450)
      }
      watched.watch(frames: 450)
      #expect(watched.moments(.flames, .began).isEmpty, "seed \(seed): \(watched.events)")
    }
  }
}

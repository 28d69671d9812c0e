import FrameMemory
import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

/// Where nothing happens nothing is told.
@Suite struct StillSceneTests {
  @Test(arguments: [30, 100, 200, 400, 800]) func aThousandNoisyFramesTellNothing(sigmaHundredths: Int) {
    var watched = WatchedSequence(seed: UInt64(sigmaHundredths) + 1) { script in
      (script.widthPixels, script.heightPixels) = (320, 180)
      script.noiseSigmaHundredths = sigmaHundredths
    }
    watched.watch(frames: 1000)
    for findings in watched.findings {
      #expect(findings.motionThousandths == 0 && findings.movingRegions.isEmpty)
      #expect(findings.conditions.isEmpty && findings.events.isEmpty && findings.flicker == .none)
    }
  }

  /// At the slowest rate the same number of frames covers hours.
  @Test func aSlowCameraTellsNothingEither() {
    var watched = WatchedSequence(seed: 5) { script in
      (script.widthPixels, script.heightPixels) = (320, 180)
      script.frameIntervalMilliseconds = 10_000
    }
    watched.watch(frames: 1000)
    #expect(watched.findings.allSatisfy { $0.motionThousandths == 0 && $0.events.isEmpty })
  }
}

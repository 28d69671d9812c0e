import Foundation
import HazardAnalysis
import Ingest
import InspectionModel
import InspectionStore

/// Turns the findings of a flight's pictures into observations with place and key.
struct FlightObservations: Sendable {
  let witness: Witness
  let procedure: AnalysisProcedure
  /// When the results are made.
  let now: Timestamp
  let geometry: PicturePlaces

  /// The observations of one picture.
  ///
  /// - Parameter index: the picture's place in the flight.
  func observations(
    of findings: [HazardFinding], in frame: RecordedFrame, at index: Int, sha256: String
  ) -> [Observation] {
    var ordinals: [HazardKind: Int] = [:]
    return findings.map { finding in
      let ordinal = ordinals[finding.hazard, default: 0]
      ordinals[finding.hazard] = ordinal + 1
      let (place, remark) = geometry.place(of: finding.region, inPicture: index)
      return Observation(
        key: SightingKey.make(
          witness: witness, sha256: sha256, procedure: procedure, hazard: finding.hazard, ordinal: ordinal),
        witness: witness,
        hazard: finding.hazard, score: finding.score, phenomenonTime: frame.timestamp,
        timeSource: frame.timeSource, resultTime: now, place: place, placeRemark: remark,
        region: finding.region, vehicleCount: finding.vehicleCount,
        frame: FrameReference(name: frame.name, sha256: sha256, sequenceNumber: frame.sequenceNumber),
        procedure: procedure, threshold: finding.threshold)
    }
  }
}

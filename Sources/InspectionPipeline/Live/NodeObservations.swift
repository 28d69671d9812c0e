internal import Foundation
internal import HazardAnalysis
internal import Ingest
internal import InspectionModel
internal import InspectionStore

/// Turns what was seen in a node's picture into observations with place and key.
struct NodeObservations: Sendable {
  /// Part of a camera's range at which things are taken to stand, and how surely.
  private static let rangeShare = 0.5
  private static let rangeSigmaShare = 0.3
  /// A camera whose view is not known shows something within some hundred metres.
  private static let unknownViewSigmaMeters = 60.0

  let node: LiveNode
  let witness: Witness
  let place: ObservedPlace?
  let remark: String?

  init(node: LiveNode, witness: Witness) {
    self.node = node
    self.witness = witness
    (place, remark) = Self.place(of: node)
  }

  /// Where the things before a fixed camera are.
  private static func place(of node: LiveNode) -> (place: ObservedPlace?, remark: String?) {
    guard let position = node.position else { return (nil, "the node's position is not known") }
    guard let view = node.view else {
      return (
        ObservedPlace(position: position, sigmaMeters: unknownViewSigmaMeters, method: .node),
        "the node's own position: its view is not known"
      )
    }
    let distance = view.rangeMeters * rangeShare
    let heading = view.headingDegrees * .pi / 180
    var ahead = LocalPlane(origin: position).position(
      eastMeters: distance * sin(heading), northMeters: distance * cos(heading))
    ahead.altitudeMetersAMSL = position.altitudeMetersAMSL
    return (
      ObservedPlace(
        position: ahead, sigmaMeters: max(1, view.rangeMeters * rangeSigmaShare), method: .node),
      "the middle of the node's view"
    )
  }

  /// Observations of one picture, with keys that tell equal hazards of it apart.
  ///
  /// - Parameters:
  ///   - time: when the picture was taken.
  ///   - now: when the result is made.
  func observations(
    of findings: [HazardFinding], in frame: LiveFrame, sha256: String, procedure: AnalysisProcedure,
    time: Timestamp, timeSource: TimeSource, now: Timestamp
  ) -> [Observation] {
    var ordinals: [HazardKind: Int] = [:]
    return findings.map { finding in
      let ordinal = ordinals[finding.hazard, default: 0]
      ordinals[finding.hazard] = ordinal + 1
      return Observation(
        key: SightingKey.make(
          witness: witness, sha256: sha256, procedure: procedure, hazard: finding.hazard, ordinal: ordinal),
        witness: witness, hazard: finding.hazard, score: finding.score, phenomenonTime: time,
        timeSource: timeSource, resultTime: now, place: place, placeRemark: remark, region: finding.region,
        vehicleCount: finding.vehicleCount,
        frame: FrameReference(
          name: "\(node.id)-\(frame.sequence).jpg", sha256: sha256, sequenceNumber: frame.sequence),
        procedure: procedure, threshold: finding.threshold)
    }
  }
}

/// How much of one source was looked at: "not looked at" must never look like "no hazard".
package struct SourceCoverage: Sendable, Hashable, Codable {
  package var witness: Witness
  /// Pictures that the source offered.
  package var framesFound: Int
  /// Pictures that were analysed in this run.
  package var framesAnalysed: Int
  /// Pictures that an earlier run had analysed with the same procedure; their findings count.
  package var framesAnalysedEarlier: Int
  /// Pictures that could not be read or decoded: nobody looked at them.
  package var framesFaulty: Int
  /// Analysed pictures whose pixels have a place on the ground.
  package var framesLocated: Int
  /// Time of the first and of the last analysed picture; `nil` where none was analysed.
  package var firstFrame: Timestamp?
  package var lastFrame: Timestamp?
  /// What analysed them; `nil` where none was analysed.
  package var procedure: AnalysisProcedure?
  /// Kinds that this procedure can see at all. A kind that is absent was not looked for.
  package var hazardsAssessed: [HazardKind]
  /// Pictures in which the source could not be judged, by condition (`dark`, `covered`, `blurred`, `frozen`).
  package var conditions: [String: Int]
  /// Where the camera was, in order of time; may be thinned out.
  package var cameraTrack: [GeodeticPosition<CGCS2000>]
  /// Outlines of the ground that was seen, corners in order; may be thinned out.
  package var footprints: [[GeodeticPosition<CGCS2000>]]

  package init(
    witness: Witness, framesFound: Int, framesAnalysed: Int, framesAnalysedEarlier: Int = 0,
    framesFaulty: Int, framesLocated: Int, firstFrame: Timestamp?, lastFrame: Timestamp?,
    procedure: AnalysisProcedure?, hazardsAssessed: [HazardKind],
    conditions: [String: Int] = [:], cameraTrack: [GeodeticPosition<CGCS2000>] = [],
    footprints: [[GeodeticPosition<CGCS2000>]] = []
  ) {
    self.witness = witness
    self.framesFound = framesFound
    self.framesAnalysed = framesAnalysed
    self.framesAnalysedEarlier = framesAnalysedEarlier
    self.framesFaulty = framesFaulty
    self.framesLocated = framesLocated
    self.firstFrame = firstFrame
    self.lastFrame = lastFrame
    self.procedure = procedure
    self.hazardsAssessed = hazardsAssessed
    self.conditions = conditions
    self.cameraTrack = cameraTrack
    self.footprints = footprints
  }

  /// Pictures that somebody looked at, in this run or before.
  package var framesLookedAt: Int { framesAnalysed + framesAnalysedEarlier }

  /// Pictures that are neither analysed nor faulty: the run ended before them or dropped them.
  package var framesNotLookedAt: Int { max(0, framesFound - framesLookedAt - framesFaulty) }
}

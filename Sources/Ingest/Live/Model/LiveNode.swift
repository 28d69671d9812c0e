package import InspectionModel

/// A point of the video network that pictures come from.
package struct LiveNode: Sendable, Hashable {
  /// Whose frames go first.
  package enum Lane: String, Sendable, Hashable, CaseIterable {
    case normal
    /// Has bytes and turns of its own, which normal nodes cannot use up.
    case emergency
  }

  /// Where a fixed camera looks.
  package struct View: Sendable, Hashable {
    /// Clockwise from north, 0 ..< 360.
    package var headingDegrees: Double
    /// 1 ... 360.
    package var fieldOfViewDegrees: Double
    /// How far something can be told.
    package var rangeMeters: Double

    package init(headingDegrees: Double, fieldOfViewDegrees: Double, rangeMeters: Double) {
      self.headingDegrees = headingDegrees
      self.fieldOfViewDegrees = fieldOfViewDegrees
      self.rangeMeters = rangeMeters
    }
  }

  /// Unique in a definition: letters, digits, `.`, `-`, `_`; at most 64.
  package var id: String
  /// The 20 digits of GB/T 28181.
  package var gbDeviceID: String?
  /// The department or town, in Chinese.
  package var unitName: String
  /// The same in English.
  package var unitNameEnglish: String?
  /// Nine digits.
  package var townCode: String?
  /// `nil` where it is not known: findings are then fused by node.
  package var position: GeodeticPosition<CGCS2000>?
  package var view: View?
  /// `nil` for a node that is switched off in the definition.
  package var endpoint: NodeEndpoint?
  /// What the endpoint wants to see (`user:password` or a bearer token), or what a pushing node has to show.
  package var credentials: SecretName?
  /// Seconds from one picture to the next while all is well, more than 0.
  package var periodSeconds: Double
  package var lane: Lane

  package init(
    id: String, gbDeviceID: String? = nil, unitName: String, unitNameEnglish: String? = nil,
    townCode: String? = nil, position: GeodeticPosition<CGCS2000>? = nil, view: View? = nil,
    endpoint: NodeEndpoint?, credentials: SecretName? = nil, periodSeconds: Double, lane: Lane = .normal
  ) {
    self.id = id
    self.gbDeviceID = gbDeviceID
    self.unitName = unitName
    self.unitNameEnglish = unitNameEnglish
    self.townCode = townCode
    self.position = position
    self.view = view
    self.endpoint = endpoint
    self.credentials = credentials
    self.periodSeconds = periodSeconds
    self.lane = lane
  }

  /// Whether a text can be a node's id: safe in paths, addresses and metric labels.
  package static func isID(_ text: String) -> Bool {
    let isSafe = text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        || [45, 46, 95].contains($0)
    }
    return isSafe && (1...64).contains(text.utf8.count) && text.first != "."
  }
}

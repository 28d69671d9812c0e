/// A source that a live run watches, as far as a map of what was watched needs it.
package struct WatchedSource: Sendable, Hashable, Codable {
  /// The node's id.
  package var source: String
  package var name: String
  package var nameEnglish: String?
  package var position: GeodeticPosition<CGCS2000>?
  /// Clockwise from north; `nil` where the view is not known.
  package var headingDegrees: Double?
  package var fieldOfViewDegrees: Double?
  package var rangeMeters: Double?

  package init(
    source: String, name: String, nameEnglish: String? = nil, position: GeodeticPosition<CGCS2000>? = nil,
    headingDegrees: Double? = nil, fieldOfViewDegrees: Double? = nil, rangeMeters: Double? = nil
  ) {
    self.source = source
    self.name = name
    self.nameEnglish = nameEnglish
    self.position = position
    self.headingDegrees = headingDegrees
    self.fieldOfViewDegrees = fieldOfViewDegrees
    self.rangeMeters = rangeMeters
  }
}

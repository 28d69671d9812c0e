internal import Glibc
package import InspectionModel

/// What lies near together on the ground, so that one sketch can show it. Flights from distant places get a sketch each.
package struct MapArea {
  /// An incident and where it is.
  package struct Marker {
    /// Number of the incident in the report.
    var number: Int
    var hazard: HazardKind
    var state: Incident.State
    package var place: ObservedPlace
  }

  /// In the order of the report.
  package private(set) var markers: [Marker] = []
  private(set) var tracks: [[GeodeticPosition<CGCS2000>]] = []
  private(set) var footprints: [[GeodeticPosition<CGCS2000>]] = []

  /// Side of the cells in which neighbours are looked for; things within one to two cells share a sketch.
  private static let cellDegrees = 0.05

  private struct Cell: Hashable {
    var row: Int
    var column: Int

    init(_ position: GeodeticPosition<CGCS2000>) {
      row = Int((position.latitudeDegrees / MapArea.cellDegrees).rounded(.down))
      column = Int((position.longitudeDegrees / MapArea.cellDegrees).rounded(.down))
    }

    /// This cell and the eight around it; columns meet again at the antimeridian.
    var neighbourhood: [Cell] {
      let columns = Int((360 / MapArea.cellDegrees).rounded())
      var cells: [Cell] = []
      for rowStep in -1...1 {
        for columnStep in -1...1 {
          var cell = self
          cell.row += rowStep
          cell.column = (column + columnStep + columns / 2 + columns) % columns - columns / 2
          cells.append(cell)
        }
      }
      return cells
    }
  }

  /// One marker, or the track and footprints of one source, which stay together.
  private struct Item {
    var positions: [GeodeticPosition<CGCS2000>]
    var add: (inout MapArea) -> Void
  }

  /// The areas of a record, the one with the most urgent incident first. Takes time in proportion to the positions.
  package static func areas(of record: InspectionRecord, numbered incidents: [Incident]) -> [MapArea] {
    let items = markerItems(incidents) + sourceItems(record.run.sources)
    // Union-find over items: two items are one area where a cell of one is beside a cell of the other.
    var parents = Array(items.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index {
        parents[index] = parents[parents[index]]
        index = parents[index]
      }
      return index
    }
    var firstItem: [Cell: Int] = [:]
    for (index, item) in items.enumerated() {
      for cell in Set(item.positions.map(Cell.init)) where firstItem[cell] == nil { firstItem[cell] = index }
    }
    for (index, item) in items.enumerated() {
      for cell in Set(item.positions.map(Cell.init)) {
        for other in cell.neighbourhood.compactMap({ firstItem[$0] }) {
          // The smaller index wins, so that the result does not depend on the order of a set.
          let (left, right) = (root(index), root(other))
          parents[max(left, right)] = min(left, right)
        }
      }
    }
    var areas: [MapArea] = []
    var areaOfRoot: [Int: Int] = [:]
    for (index, item) in items.enumerated() {
      let root = root(index)
      if areaOfRoot[root] == nil {
        areaOfRoot[root] = areas.count
        areas.append(MapArea())
      }
      item.add(&areas[areaOfRoot[root]!])
    }
    return areas
  }

  private static func markerItems(_ incidents: [Incident]) -> [Item] {
    incidents.enumerated().compactMap { index, incident in
      incident.place?.usable.map { place in
        let marker = Marker(number: index + 1, hazard: incident.hazard, state: incident.state, place: place)
        return Item(positions: [place.position]) { $0.markers.append(marker) }
      }
    }
  }

  private static func sourceItems(_ sources: [SourceCoverage]) -> [Item] {
    sources.compactMap { source in
      let track = thinned(source.cameraTrack.filter(\.isPlausible), to: 500)
      let outlines = source.footprints.filter { $0.count >= 3 && $0.allSatisfy(\.isPlausible) }
      let footprints = thinned(outlines, to: 300)
      let positions = track + footprints.flatMap(\.self)
      guard !positions.isEmpty else { return nil }
      return Item(positions: positions) { area in
        if !track.isEmpty { area.tracks.append(track) }
        area.footprints += footprints
      }
    }
  }

  /// At most `count` elements, evenly spaced, with the first and the last.
  private static func thinned<Element>(_ elements: [Element], to count: Int) -> [Element] {
    guard elements.count > count else { return elements }
    return (0..<count).map { elements[$0 * (elements.count - 1) / (count - 1)] }
  }
}

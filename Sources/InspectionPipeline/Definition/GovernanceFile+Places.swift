import InspectionModel
import WorkOrders

/// District, towns, areas and departments.
extension GovernanceFile {
  private typealias Position = GeodeticPosition<CGCS2000>

  static func departments(_ node: DefinitionNode) throws(DefinitionError) -> [Governance.Department] {
    let departments = try node.items { (node) throws(DefinitionError) in
      let entry = try node.mapping(["id", "name"])
      return Governance.Department(
        id: try entry.required("id").text(), name: try name(entry.required("name")))
    }
    try requireUnique(node.items(), departments.map(\.id), what: "department")
    return departments
  }

  static func districtArea(_ district: DefinitionMapping) throws(DefinitionError) -> GroundArea {
    let node = try district.required("box")
    let box = try node.mapping(["south", "west", "north", "east"])
    let (south, north) = (try latitude(box.required("south")), try latitude(box.required("north")))
    let (west, east) = (try longitude(box.required("west")), try longitude(box.required("east")))
    guard south < north, west < east else { throw node.error("the box has no inside") }
    if let polygon = district.optional("polygon"), let area = try polygonArea(polygon) { return area }
    return GroundArea(southDegrees: south, westDegrees: west, northDegrees: north, eastDegrees: east)
  }

  static func towns(_ node: DefinitionNode) throws(DefinitionError) -> [Governance.TownSeat] {
    let towns = try node.items { (node) throws(DefinitionError) in
      let entry = try node.mapping(["code", "name", "lat", "lon", "errorMeters", "polygon"])
      let name = try name(entry.required("name"))
      let code = try entry.required("code").value("nine digits") { digits($0, count: 9) }
      return Governance.TownSeat(
        town: WorkOrder.Town(code: code, nameZh: name.zh, nameEn: name.en),
        position: Position(
          latitudeDegrees: try latitude(entry.required("lat")),
          longitudeDegrees: try longitude(entry.required("lon"))),
        errorMeters: try entry.required("errorMeters").number(in: 0...100_000),
        area: try entry.optional("polygon").flatMap { (node) throws(DefinitionError) in
          try polygonArea(node)
        })
    }
    guard !towns.isEmpty else { throw node.error(expected: "at least one town") }
    try requireUnique(node.items(), towns.map(\.town.code), what: "town")
    return towns
  }

  static func knownAreas(_ node: DefinitionNode) throws(DefinitionError) -> [Governance.KnownArea] {
    try node.items { (node) throws(DefinitionError) in
      let entry = try node.mapping(["kind", "name", "polygon"])
      let polygon = try entry.required("polygon")
      guard let area = try polygonArea(polygon) else { throw polygon.error(expected: "corners") }
      return Governance.KnownArea(
        kind: try entry.required("kind").text(), name: try name(entry.required("name")), area: area)
    }
  }

  /// A polygon of `lat, lon` corners; `nil` for an empty list.
  private static func polygonArea(_ node: DefinitionNode) throws(DefinitionError) -> GroundArea? {
    let corners = try node.items { (node) throws(DefinitionError) in
      try node.value("a corner such as '29.10, 106.40'", corner)
    }
    if corners.isEmpty { return nil }
    guard corners.count >= 3 else {
      throw node.error("expected at least three corners, found \(corners.count)")
    }
    return GroundArea(corners: corners)
  }

  private static func corner(_ text: String) -> Position? {
    let parts = text.split(separator: ",").map { $0.drop { $0 == " " } }
    guard parts.count == 2, let latitude = DefinitionNode.decimal(parts[0]),
      let longitude = DefinitionNode.decimal(parts[1])
    else {
      return nil
    }
    let position = Position(latitudeDegrees: latitude, longitudeDegrees: longitude)
    return position.isPlausible ? position : nil
  }

  private static func latitude(_ node: DefinitionNode) throws(DefinitionError) -> Double {
    try node.number(in: -90...90)
  }

  private static func longitude(_ node: DefinitionNode) throws(DefinitionError) -> Double {
    try node.number(in: -180...180)
  }
}

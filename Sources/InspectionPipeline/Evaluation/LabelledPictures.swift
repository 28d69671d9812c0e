package import Foundation
package import InspectionModel

/// One picture with what people saw in it.
package struct LabelledPicture: Sendable {
  /// Relative to the folder.
  package var name: String
  /// The collection that it belongs to.
  package var collection: String
  package var notes: [String]
  /// Whether a hazard is in it; not judged where there is none.
  package var labels: [HazardKind: Bool]
  package var vehicleCount: Int?
  /// File with the places of hazards, values of `RegionMask`, relative to the folder.
  package var mask: String?
  /// File with boxes around refuse, relative to the folder.
  package var boxes: String?
}

/// A folder of labelled pictures: `manifest.csv` and the files that it names.
///
/// Columns: `file`, `set` (the collection), one for each hazard (1, 0, or blank: not judged), `vehicles` (a count),
/// `mask`, `boxes`, `note`; others are passed over.
package struct LabelledPictures: Sendable {
  /// The hazards that are judged.
  package static let hazards: [HazardKind] = [.fireSmoke, .water, .roadDamage, .garbage]

  /// Collections in which a hazard is not there even where the manifest is silent.
  static let absent: [HazardKind: Set<String>] = [
    .roadDamage: [
      "camvid-streets", "drone-vehicles", "rio-cctv", "cair-fire", "kaggle-fire999", "flood-area",
      "cn-garbage",
    ],
    .water: ["kaggle-fire999", "cn-garbage", "br-road", "pothole-seg", "cair-fire"],
  ]

  package let folder: URL
  package let pictures: [LabelledPicture]
  /// What was odd about the manifest, for people.
  package let warnings: [String]

  /// - Parameter only: names of the pictures to take; all where there is none.
  /// - Throws: `DelimitedTable.Failure` where the manifest cannot be read or makes no sense.
  package init(folder: URL, only: Set<String>?) throws {
    self.folder = folder
    let table = try DelimitedTable(
      contentsOf: folder.appending(path: "manifest.csv"),
      columns: ["file", "set"] + Self.hazards.map(\.rawValue))
    var known: [String: [HazardKind: Bool]] = [:]
    var pictures: [LabelledPicture] = [], warnings: [String] = []
    for row in table.allRows where only?.contains(row["file"]) ?? true {
      let picture = try Self.picture(row)
      if let labels = known[picture.name] {
        guard labels == picture.labels else {
          throw DelimitedTable.Failure(
            description: "\(table.name):\(row.line): \(picture.name) is listed twice with different labels")
        }
        warnings.append("\(picture.name) is listed twice; judged once")
        continue
      }
      known[picture.name] = picture.labels
      pictures.append(picture)
    }
    (self.pictures, self.warnings) = (pictures, warnings)
  }

  private static func picture(_ row: DelimitedTable.Row) throws(DelimitedTable.Failure) -> LabelledPicture {
    var labels: [HazardKind: Bool] = [:]
    for hazard in hazards {
      switch row[hazard.rawValue] {
      case "1": labels[hazard] = true
      case "0": labels[hazard] = false
      case "": labels[hazard] = absent[hazard]?.contains(row["set"]) == true ? false : nil
      case let text:
        throw DelimitedTable.Failure(
          description:
            "\(row.table):\(row.line): \(hazard.rawValue): expected 1, 0 or nothing, found '\(text)'")
      }
    }
    func text(_ column: String) -> String? { row[column].isEmpty ? nil : row[column] }
    return LabelledPicture(
      name: row["file"], collection: row["set"], notes: row["note"].split(separator: " ").map(String.init),
      labels: labels, vehicleCount: try row.number("vehicles").map { Int($0) }, mask: text("mask"),
      boxes: text("boxes"))
  }
}

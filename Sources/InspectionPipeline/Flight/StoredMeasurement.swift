import Foundation
import HazardAnalysis
import InspectionModel

/// A frame's measurement as the text that the store keeps, so that a later run need not look again. Heat maps are
/// not kept.
enum StoredMeasurement {
  static func text(_ measurement: FrameMeasurement) -> String {
    var kept = measurement
    kept.heatMaps = []
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(kept), as: UTF8.self)
    } catch {
      preconditionFailure("a measurement has finite numbers only: \(error)")
    }
  }

  /// `nil` for a text of another version of this program: the frame is looked at again.
  static func read(_ text: String) -> FrameMeasurement? {
    try? JSONDecoder().decode(FrameMeasurement.self, from: Data(text.utf8))
  }
}

import Foundation
import InspectionModel

/// Events of cases as JSON with sorted keys: the same event gives the same text.
enum CaseEventText {
  static func text(_ event: CaseEvent) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(event), as: UTF8.self)
  }

  static func event(_ text: String) throws -> CaseEvent {
    try JSONDecoder().decode(CaseEvent.self, from: Data(text.utf8))
  }
}

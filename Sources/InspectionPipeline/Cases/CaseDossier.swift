package import Foundation
package import InspectionModel
import InspectionStore

/// A case's whole life for other programs: the case as it stands, its incident with every observation, its events.
package struct CaseDossier: Sendable {
  private struct Body: Encodable {
    var `case`: WorkOrder
    var incident: Incident?
    var observations: [Observation]
    var events: [CaseEvent]
    var evidence: [CaseEvidence]
    var duplicates: [String]
    var mergedInto: String?
    var reopenCount: Int
    var closedAt: Timestamp?
  }

  private let body: Body

  /// Reads what belongs to a case.
  package init(_ file: CaseFile, store: InspectionStore) async throws {
    let (incident, observations) = try await store.settle { transaction in
      var incident = try transaction.incident(id: file.order.incidentID)
      let keys = try transaction.observationKeys(of: file.order.incidentID)
      incident?.observationKeys = keys
      return (incident, try keys.compactMap { try transaction.observation(key: $0) })
    }
    body = Body(
      case: file.order, incident: incident, observations: observations, events: file.events,
      evidence: file.evidence, duplicates: file.duplicates, mergedInto: file.mergedInto,
      reopenCount: file.reopenCount, closedAt: file.closedAt)
  }

  /// JSON with sorted keys; times as ISO 8601 in `zone`, scores as millionths.
  package func json(zone: UTCOffset) throws -> Data {
    let plain = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(body))
    return try JSONSerialization.data(
      withJSONObject: Self.readable(plain, zone),
      options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  }

  /// A case as it stands in one line of JSON.
  package static func line(_ order: WorkOrder, zone: UTCOffset) throws -> String {
    let plain = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(order))
    let data = try JSONSerialization.data(
      withJSONObject: readable(plain, zone), options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }

  /// The same value with every instant as text.
  private static func readable(_ value: Any, _ zone: UTCOffset) -> Any {
    switch value {
    case let object as [String: Any]:
      if object.count == 1, let nanoseconds = object["nanoseconds"] as? NSNumber {
        return Timestamp(nanoseconds: nanoseconds.int64Value).iso8601(in: zone)
      }
      return object.mapValues { readable($0, zone) }
    case let list as [Any]: return list.map { readable($0, zone) }
    default: return value
    }
  }
}

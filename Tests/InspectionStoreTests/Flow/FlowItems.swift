import Foundation
import InspectionStore

extension FlowItem {
  /// An item for tests: the payload is the key.
  static func sample(_ key: String, sort: Int64 = 0, ordering: String? = nil) -> FlowItem {
    FlowItem(key: key, sortKey: sort, orderingKey: ordering, payload: Data(key.utf8))
  }
}

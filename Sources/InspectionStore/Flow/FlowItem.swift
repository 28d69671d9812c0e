package import Foundation

/// One piece of work. Keys are compared byte by byte in UTF-8, whatever Swift thinks of equal characters.
package struct FlowItem: Sendable {
  /// Names the item within its queue: the same key is the same item.
  package var key: String
  /// Place in the queue: the smallest comes first, then the smallest key.
  package var sortKey: Int64
  /// Items that share it are handed out one after the other; `nil` where order does not matter.
  package var orderingKey: String?
  /// What has to be done; the store does not read it.
  package var payload: Data

  package init(key: String, sortKey: Int64, orderingKey: String? = nil, payload: Data) {
    self.key = key
    self.sortKey = sortKey
    self.orderingKey = orderingKey
    self.payload = payload
  }

  /// What the item counts against the bound of its queue.
  package var byteCount: Int { key.utf8.count + (orderingKey?.utf8.count ?? 0) + payload.count }

  /// Refuses what not every store can hold.
  ///
  /// - Throws: `FlowError.invalidItem` for an empty key, or a zero byte in a key.
  package func validate() throws(FlowError) {
    guard !key.isEmpty else { throw .invalidItem(key: key, reason: "expected a key, found an empty one") }
    for text in [key, orderingKey ?? ""] where text.utf8.contains(0) {
      throw .invalidItem(key: key, reason: "expected a key without zero bytes, found one")
    }
  }
}

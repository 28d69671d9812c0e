/// Why a durable flow refused; what the store itself could not do is a `StoreError`.
package enum FlowError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The queue would hold more than its bound; nothing of the call was stored.
  case full(queue: String, rows: Int, bytes: Int, maximumRows: Int, maximumBytes: Int)
  /// Somebody else may have these items by now; nothing of the call was done.
  case staleLease(queue: String, keys: [String])
  /// The flow was opened without this queue.
  case unknownQueue(String)
  /// An item that not every store could hold.
  case invalidItem(key: String, reason: String)

  /// Constant word, fit for counting.
  package var code: String {
    switch self {
    case .full: "queue_full"
    case .staleLease: "stale_lease"
    case .unknownQueue: "unknown_queue"
    case .invalidItem: "invalid_item"
    }
  }

  package var description: String {
    let text =
      switch self {
      case .full(let queue, let rows, let bytes, let maximumRows, let maximumBytes):
        "queue \(queue): expected at most \(maximumRows) items and \(maximumBytes) bytes, "
          + "found \(rows) and \(bytes)"
      case .staleLease(let queue, let keys):
        "queue \(queue): expected live leases, found \(keys.count) stale, the first of \(keys.first ?? "-")"
      case .unknownQueue(let name): "expected a queue of this flow, found \(name)"
      case .invalidItem(let key, let reason): "item \(key): \(reason)"
      }
    return "\(text) (\(code))"
  }
}

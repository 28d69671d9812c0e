/// Why the store does not take a report now; the sender is told 503 and when to try again.
package struct ReportRefusal: Error, Sendable, Hashable {
  package var retryAfterSeconds: Int
  package var detail: String

  package init(retryAfterSeconds: Int, detail: String) {
    self.retryAfterSeconds = retryAfterSeconds
    self.detail = detail
  }
}

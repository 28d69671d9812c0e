package import InspectionModel

/// One page of a list of cases.
package struct CasePage: Sendable {
  package var cases: [WorkOrder]
  /// Where the next page begins; `nil` behind the last case.
  package var next: CasePageToken?
}

/// Where a page of a list begins: opaque text, good for the order that it came from, whatever is written meanwhile.
package struct CasePageToken: Sendable, Hashable {
  /// Letters, digits, `.` and `-`.
  package var text: String { "\(order.rawValue).\(value).\(caseNumber)" }
  let order: CaseQuery.Order
  /// Nanoseconds of the order's instant, of the last case shown.
  let value: Int64
  let caseNumber: String

  init(order: CaseQuery.Order, value: Int64, caseNumber: String) {
    self.order = order
    self.value = value
    self.caseNumber = caseNumber
  }

  /// Reads a token; `nil` for text that is none.
  package init?(text: String) {
    let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let order = CaseQuery.Order(rawValue: String(parts[0])),
      let value = Int64(parts[1]), !parts[2].utf8.contains(0)
    else { return nil }
    self.init(order: order, value: value, caseNumber: String(parts[2]))
  }
}

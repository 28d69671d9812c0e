/// Events that do not make a case: a damaged or mixed-up record.
package enum CaseFileFault: Error, Sendable, Hashable {
  /// There is no event at all.
  case empty
  /// The first event does not establish a case.
  case notEstablished(caseNumber: String)
  /// An event of another case.
  case otherCase(expected: String, found: String)
  /// A gap, a doubled event or a wrong order.
  case outOfSequence(caseNumber: String, expected: Int, found: Int)
  /// An event that lies before the one it follows.
  case backwards(caseNumber: String, sequence: Int)
  /// An event that cannot follow, such as a second establishment or the end of a pause that never began.
  case impossible(caseNumber: String, sequence: Int)

  /// What was expected and found.
  package var message: String {
    switch self {
    case .empty: "expected the events of a case, found none"
    case .notEstablished(let number): "\(number): expected a first event that establishes the case"
    case .otherCase(let expected, let found): "\(expected): expected its own events, found one of \(found)"
    case .outOfSequence(let number, let expected, let found):
      "\(number): expected event \(expected), found event \(found)"
    case .backwards(let number, let sequence):
      "\(number): event \(sequence) lies before the event that it follows"
    case .impossible(let number, let sequence):
      "\(number): event \(sequence) cannot follow the events before it"
    }
  }
}

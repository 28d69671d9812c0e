/// What an append did: every item of the call is either new or known.
package struct AppendedItems: Sendable, Equatable {
  /// Items stored by this call.
  package var added: Int
  /// Keys that were there already (waiting, claimed, dead, or completed where that is remembered), as given.
  package var duplicates: [String]

  package init(added: Int, duplicates: [String]) {
    self.added = added
    self.duplicates = duplicates
  }
}

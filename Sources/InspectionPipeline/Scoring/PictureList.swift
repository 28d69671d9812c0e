/// The pictures that a list names, one a line, relative to a root folder.
package struct PictureList: Sendable, Hashable {
  /// One line of the list.
  package struct Entry: Sendable, Hashable {
    /// As the list writes it.
    package var name: String
    /// Why the line names no picture below the root; `nil` for one that may be read.
    package var refusal: String?
  }

  /// In the order of the list; empty lines are left out.
  package let entries: [Entry]

  package init(_ text: String) {
    entries = text.split(whereSeparator: \.isNewline).map { line in
      Entry(name: String(line), refusal: Self.refusal(of: line))
    }
  }

  /// A list comes from elsewhere and may not reach outside the folder that it is about.
  private static func refusal(of name: Substring) -> String? {
    if name.hasPrefix("/") { return "the path is absolute; expected one below the root folder" }
    if name.split(separator: "/").contains("..") { return "the path leaves the root folder" }
    if name.contains("\0") { return "the path contains a zero character" }
    return nil
  }
}

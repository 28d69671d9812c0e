package import InspectionModel

/// Which files of a folder are new and whole: a pure state over what is listed, poll by poll.
///
/// A file is taken once, when its size and time were the same in two polls: it is not being written any more. A program
/// that writes under another name (`.part`, `.tmp`, a leading dot) and renames is served by the same rule. What lay in
/// the folder before the first poll is old, except the newest file.
package struct DroppedFiles: Sendable {
  /// A file as it is listed.
  package struct Entry: Sendable, Hashable {
    package var name: String
    package var byteCount: Int
    package var modified: Timestamp

    package init(name: String, byteCount: Int, modified: Timestamp) {
      self.name = name
      self.byteCount = byteCount
      self.modified = modified
    }
  }

  /// The most files that one poll hands out, newest first of all to be kept.
  package let burstLimit: Int
  private var known: [String: (entry: Entry, isTaken: Bool)] = [:]
  private var isFirstPoll = true

  package init(burstLimit: Int = 16) { self.burstLimit = burstLimit }

  /// Takes a listing in.
  ///
  /// - Returns: what is to be read now, oldest first, and how many whole files were passed over for newer ones.
  package mutating func poll(_ listing: [Entry]) -> (ready: [Entry], passedOver: Int) {
    var next: [String: (entry: Entry, isTaken: Bool)] = [:]
    var ready: [Entry] = []
    for entry in listing where Self.isPictureName(entry.name) && entry.byteCount > 0 {
      let old = known[entry.name]
      let isSettled = old?.entry == entry
      let isTaken = isSettled && old?.isTaken == true
      if isSettled, !isTaken { ready.append(entry) }
      next[entry.name] = (entry, isTaken || isSettled)
    }
    if isFirstPoll {
      let newest = next.values.map(\.entry).max(by: Self.isOlder)
      for (name, value) in next where name != newest?.name { next[name] = (value.entry, true) }
      isFirstPoll = false
    }
    known = next
    ready.sort(by: Self.isOlder)
    let passedOver = max(0, ready.count - burstLimit)
    return (Array(ready.dropFirst(passedOver)), passedOver)
  }

  private static func isOlder(_ left: Entry, _ right: Entry) -> Bool {
    left.modified == right.modified
      ? naturallyPrecedes(left.name, right.name) : left.modified < right.modified
  }

  static func isPictureName(_ name: String) -> Bool {
    let lower = name.lowercased()
    return !name.hasPrefix(".") && [".jpg", ".jpeg", ".png"].contains { lower.hasSuffix($0) }
  }
}

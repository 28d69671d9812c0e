internal import ArgumentParser
internal import Foundation
internal import InspectionStore

/// `jinxun backup`: store and evidence together.
struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copies a store and its evidence, as they are at one instant, into a new folder.",
    discussion: "Example:\n  jinxun backup --store district.sqlite --out backups/2026-11-24")

  @Option(help: ArgumentHelp("The store.", valueName: "file"))
  var store: String

  @Option(help: ArgumentHelp("New folder for the copy.", valueName: "dir"))
  var out: String

  func run() async throws {
    try await reportingFailures {
      let opened = try InspectionStore.existing(path: store)
      try opened.backUp(to: URL(filePath: out))
      try opened.close()
      Standard.output("\(store) → \(out)")
    }
  }
}

/// `jinxun restore`: a backup put back as a new store.
struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts a backup back as a new store, after checking every picture's hash.",
    discussion: "Example:\n  jinxun restore --from backups/2026-11-24 --store district.sqlite")

  @Option(name: .customLong("from"), help: ArgumentHelp("Folder of the backup.", valueName: "dir"))
  var source: String

  @Option(help: ArgumentHelp("Where the store is to be; nothing may be there yet.", valueName: "file"))
  var store: String

  func run() async throws {
    try await reportingFailures {
      try InspectionStore.restore(from: URL(filePath: source, directoryHint: .isDirectory), to: store)
      Standard.output("\(source) → \(store)")
    }
  }
}

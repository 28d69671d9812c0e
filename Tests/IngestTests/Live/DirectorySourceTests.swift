import Foundation
import Ingest
import Synchronization
import TestSupport
import Testing

/// Folders that files are dropped into.
@Suite struct DirectorySourceTests {
  @Test func droppedFilesArriveOnceAndBrokenOnesAreCounted() async throws {
    let folder = try TemporaryFolder()
    let pictures = (0..<3).map { MultipartReaderTests.picture($0, count: 500) }
    try Data(MultipartReaderTests.picture(9)).write(to: folder.file("old.jpg"))
    let node = LiveRun.node(.directory(path: folder.url.path), period: 0.2)
    let isDropped = Mutex(false)
    let outcome = await LiveRun.run([node], policy: .closed) { outcome in
      // The first listing is done when the source says that it is connected: what comes later is new.
      let isFirst = isDropped.withLock { isDropped in
        defer { isDropped = isDropped || outcome.count { $0 == .connected } > 0 }
        return !isDropped && outcome.count { $0 == .connected } > 0
      }
      if isFirst { Self.drop(pictures, into: folder) }
      return outcome.frames.count >= 4 && outcome.damages.count >= 1
    }
    #expect(Set(outcome.frames.map(\.bytes)) == Set(pictures + [MultipartReaderTests.picture(9)]))
    #expect(outcome.frames.count == 4)
    #expect(outcome.damages == [.damagedPicture])
    #expect(outcome.failures.isEmpty)
  }

  private static func drop(_ pictures: [[UInt8]], into folder: TemporaryFolder) {
    for (number, picture) in pictures.enumerated() {
      try? Data(picture).write(to: folder.file(".part"))
      try? FileManager.default.moveItem(at: folder.file(".part"), to: folder.file("p\(number).jpg"))
    }
    try? Data(pictures[0].dropLast(20)).write(to: folder.file("cut.jpg"))
  }

  @Test func aFolderThatIsNotThereIsAFailure() async throws {
    let node = LiveRun.node(.directory(path: "/nowhere/at/all"), period: 0.2)
    let outcome = await LiveRun.run([node], policy: .closed) { !$0.failures.isEmpty }
    #expect(outcome.failures.first == .folderUnreadable)
  }
}

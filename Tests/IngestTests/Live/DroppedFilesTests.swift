import Ingest
import InspectionModel
import Testing

@Suite struct DroppedFilesTests {
  static func entry(_ name: String, _ bytes: Int, _ second: Int) -> DroppedFiles.Entry {
    DroppedFiles.Entry(name: name, byteCount: bytes, modified: Timestamp(milliseconds: Int64(second) * 1000))
  }

  @Test func aFileIsTakenOnceWhenItHasSettled() {
    var files = DroppedFiles()
    #expect(files.poll([]).ready.isEmpty)
    #expect(files.poll([Self.entry("a.jpg", 10, 1)]).ready.isEmpty)
    #expect(files.poll([Self.entry("a.jpg", 20, 2)]).ready.isEmpty)
    #expect(files.poll([Self.entry("a.jpg", 20, 2)]).ready.map(\.name) == ["a.jpg"])
    #expect(files.poll([Self.entry("a.jpg", 20, 2)]).ready.isEmpty)
    // Overwritten: another picture.
    #expect(files.poll([Self.entry("a.jpg", 21, 3)]).ready.isEmpty)
    #expect(files.poll([Self.entry("a.jpg", 21, 3)]).ready.map(\.byteCount) == [21])
  }

  @Test func whatLayThereBeforeIsOldExceptTheNewest() {
    var files = DroppedFiles()
    let old = (1...5).map { Self.entry("f\($0).jpg", 10, $0) }
    #expect(files.poll(old).ready.isEmpty)
    #expect(files.poll(old).ready.map(\.name) == ["f5.jpg"])
    #expect(files.poll(old).ready.isEmpty)
  }

  @Test func otherNamesAndEmptyFilesArePassedOver() {
    var files = DroppedFiles()
    let listing = [
      Self.entry(".a.jpg", 10, 1), Self.entry("a.jpg.part", 10, 2), Self.entry("b.tmp", 10, 3),
      Self.entry("c.png", 0, 4), Self.entry("d.PNG", 10, 5),
    ]
    _ = files.poll([])
    _ = files.poll(listing)
    #expect(files.poll(listing).ready.map(\.name) == ["d.PNG"])
  }

  @Test func aBurstIsTakenByItsNewestFilesInOrder() {
    var files = DroppedFiles(burstLimit: 3)
    let listing = (1...9).map { Self.entry("f\($0).jpg", 10, $0) }
    _ = files.poll([])
    _ = files.poll(listing.shuffled())
    let (ready, passedOver) = files.poll(listing.shuffled())
    #expect(ready.map(\.name) == ["f7.jpg", "f8.jpg", "f9.jpg"])
    #expect(passedOver == 6)
    #expect(files.poll(listing).ready.isEmpty)
  }
}

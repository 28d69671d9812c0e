import Ingest
import InspectionModel
import NIOCore
import TestSupport
import Testing

@Suite struct MultipartReaderTests {
  /// Bytes that begin and end as a JPEG does, with hyphens and line ends inside.
  static func picture(_ number: Int, count: Int = 200) -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(number))
    let inside = (0..<count).map { _ in
      [45, 45, 13, 10, 0xFF, 0, UInt8(random.next() & 0x7F)].randomElement(using: &random)!
    }
    return [0xFF, 0xD8, 0xFF, 0xE0] + inside + [0xFF, 0xD9]
  }

  static func part(
    _ picture: [UInt8], length: Int? = nil, states: Bool = true, boundary: String = "frame", head: String = ""
  ) -> [UInt8] {
    let stated = states ? "Content-Length: \(length ?? picture.count)\r\n" : ""
    return Array("--\(boundary)\r\nContent-Type: image/jpeg\r\n\(stated)\(head)\r\n".utf8) + picture + [
      13, 10,
    ]
  }

  struct Outcome {
    var pictures: [[UInt8]] = []
    var times: [Timestamp?] = []
    var damaged: [NodeFailure.Code] = []
    var failure: NodeFailure.Code?
  }

  /// Feeds bytes in pieces of the given sizes, over and over.
  static func read(
    _ bytes: [UInt8], pieces: [Int] = [65_536], boundary: String = "frame",
    limits: SourceLimits = SourceLimits()
  ) -> Outcome {
    var outcome = Outcome()
    guard var reader = MultipartReader(boundary: boundary, limits: limits) else { return outcome }
    var (position, turn) = (0, 0)
    while position < bytes.count {
      let end = min(position + pieces[turn % pieces.count], bytes.count)
      var piece = ByteBuffer(bytes: bytes[position..<end])
      do throws(NodeFailure) {
        try reader.read(&piece) { output in
          switch output {
          case .picture(let bytes, let time):
            outcome.pictures.append(bytes)
            outcome.times.append(time)
          case .damaged(let failure): outcome.damaged.append(failure.code)
          }
        }
      } catch {
        outcome.failure = error.code
        return outcome
      }
      (position, turn) = (end, turn + 1)
    }
    return outcome
  }

  @Test(arguments: [true, false])
  func picturesComeOutWhateverThePiecesAre(_ states: Bool) {
    let pictures = (0..<6).map { Self.picture($0, count: 50 + 37 * $0) }
    let bytes = pictures.flatMap { Self.part($0, states: states) } + Array("--frame\r\n".utf8)
    for size in [1, 2, 3, 5, 7, 11, 64, 1000, 65_536] {
      let outcome = Self.read(bytes, pieces: [size])
      #expect(outcome.pictures == pictures, "pieces of \(size)")
      #expect(outcome.damaged.isEmpty && outcome.failure == nil)
    }
    var random = SeededGenerator(seed: 3)
    for _ in 0..<100 {
      let sizes = (0..<9).map { _ in Int.random(in: 1...90, using: &random) }
      #expect(Self.read(bytes, pieces: sizes).pictures == pictures)
    }
  }

  @Test func boundariesWrittenInSeveralWaysAreFound() {
    let pictures = (0..<3).map { Self.picture($0) }
    for (stated, written) in [
      ("frame", "frame"), ("--frame", "frame"), ("--frame", "--frame"), ("frame", "--frame"),
    ] {
      let bytes = pictures.flatMap { Self.part($0, boundary: written) }
      #expect(Self.read(bytes, boundary: stated).pictures == pictures, "\(stated) \(written)")
    }
  }

  @Test func aWrongLengthCostsOnePictureAndThenTheDelimiterCounts() {
    let pictures = (0..<8).map { Self.picture($0, count: 400) }
    for error in [-50, 50, 7, -1] {
      let bytes = pictures.flatMap { Self.part($0, length: $0.count + error) } + Array("--frame\r\n".utf8)
      for size in [13, 100, 65_536] {
        let outcome = Self.read(bytes, pieces: [size])
        #expect(outcome.damaged == [.damagedPicture], "\(error)")
        // A length that is too long swallows the next delimiter, and with it the next picture.
        #expect(outcome.pictures == Array(pictures.dropFirst(error > 2 ? 2 : 1)), "\(error)")
      }
    }
  }

  @Test func lengthsAreTrustedAgainAfterThreeRightOnes() {
    let pictures = (0..<8).map { Self.picture($0, count: 300) }
    var bytes = Self.part(pictures[0], length: 20)
    for picture in pictures[1...] { bytes += Self.part(picture) }
    // The last part has no delimiter behind it: it only comes out where its length is trusted.
    #expect(Self.read(bytes).pictures == Array(pictures[1...]))
  }

  @Test func garbageBetweenPicturesIsPassedOverAndBounded() {
    let pictures = (0..<3).map { Self.picture($0) }
    let garbage = [UInt8](repeating: 45, count: 5000)
    let bytes: [UInt8] = pictures.flatMap { picture -> [UInt8] in garbage + [13, 10] + Self.part(picture) }
    #expect(Self.read(bytes, pieces: [77]).pictures.count >= 2)
    let endless = Self.read(
      [UInt8](repeating: 7, count: 3000), limits: SourceLimits(maximumGarbageBytes: 2000))
    #expect(endless.failure == .garbage)
  }

  @Test func truncatedAndForeignPartsAreDamagedAndTheStreamGoesOn() {
    let good = Self.picture(1)
    let cut = Array(good.dropLast(30))
    let bytes =
      Self.part(cut) + Self.part(good) + Self.part(Array("<html>404</html>".utf8)) + Self.part(good)
      + Array("--frame\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello\r\n".utf8)
      + Self.part(good)
      + Array("--frame\r\n".utf8)
    let outcome = Self.read(bytes, pieces: [50])
    #expect(outcome.pictures == [good, good, good])
    #expect(outcome.damaged == [.damagedPicture, .damagedPicture, .wrongContentType])
  }

  @Test func paddingBehindAPictureIsRemoved() {
    let good = Self.picture(1)
    #expect(Self.read(Self.part(good + [0, 0, 0, 13, 10])).pictures == [good])
  }

  @Test func boundsEndTheStream() {
    let limits = SourceLimits(maximumFrameBytes: 1000, maximumPartHeadBytes: 200)
    #expect(Self.read(Self.part(Self.picture(1), length: 1001), limits: limits).failure == .frameTooLong)
    let endless = Array("--frame\r\n\r\n".utf8) + [UInt8](repeating: 1, count: 1100)
    #expect(Self.read(endless, pieces: [64], limits: limits).failure == .frameTooLong)
    let head = Array("--frame\r\n".utf8) + [UInt8](repeating: 65, count: 300)
    #expect(Self.read(head, limits: limits).failure == .headersTooLong)
    #expect(Self.read(Self.part(Self.picture(1)) + Array("--frame--\r\n".utf8)).failure == .ended)
    #expect(MultipartReader(boundary: "--", limits: limits) == nil)
    #expect(MultipartReader(boundary: "", limits: limits) == nil)
  }

  @Test func theSourcesTimeIsRead() {
    let bytes = Self.part(Self.picture(1), head: "X-Timestamp: 1764150000.250000\r\n")
    #expect(Self.read(bytes).times == [Timestamp(milliseconds: 1_764_150_000_250)])
    for wrong in ["-1", "1e300", "nan", "0x10", "", "99999999999"] {
      #expect(
        Self.read(Self.part(Self.picture(1), head: "X-Timestamp: \(wrong)\r\n")).times == [nil], "\(wrong)")
    }
  }

  /// Damaged anywhere, a stream never traps, never hands out what is no whole picture, and stays within its bounds.
  @Test(arguments: 0..<200)
  func damagedStreamsNeverTrap(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = (0..<6).flatMap {
      Self.part(Self.picture($0, count: 120), states: Bool.random(using: &random))
    }
    for _ in 0..<Int.random(in: 1...12, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...60, using: &random)))
      case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
      default: bytes.insert(contentsOf: Array("Content-Length: 9999999999999999999\r\n\r\n".utf8), at: place)
      }
    }
    let outcome = Self.read(
      bytes, pieces: [Int.random(in: 1...200, using: &random)],
      limits: SourceLimits(maximumFrameBytes: 4096, maximumPartHeadBytes: 512, maximumGarbageBytes: 4096))
    for picture in outcome.pictures {
      #expect(PictureEnds.isJPEG(picture) && picture.suffix(2) == [0xFF, 0xD9] && picture.count <= 4096)
    }
  }
}

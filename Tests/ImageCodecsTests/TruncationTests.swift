import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// Files that end early: cut at every byte, a picture gives true rows or a clear refusal.
@Suite struct TruncationTests {
  private let pool = FramePool(slabCount: 4, slabBytes: 1 << 20)
  private let decoder = ImageDecoder(limits: .live)

  /// A form in which a picture is stored.
  enum Form: CaseIterable {
    case jpegGrey, jpeg420, jpeg444, jpegRestarts, pngGrey, pngColour

    func encode(in pool: FramePool) throws -> [UInt8] {
      let layout: ChromaLayout =
        switch self {
        case .jpegGrey, .pngGrey: .grey
        case .jpeg420, .jpegRestarts: .ycbcr420
        case .jpeg444, .pngColour: .ycbcr444
        }
      let frame = try PictureBuilding.noise(40, 56, layout, in: pool, seed: 8)
      switch self {
      case .pngGrey, .pngColour: return try ImageEncoder().png(frame)
      default: return try ImageEncoder(quality: 60, restartRows: self == .jpegRestarts ? 1 : 0).jpeg(frame)
      }
    }
  }

  /// The first rows of every plane that lie above a row of luma.
  private func rows(_ frame: Frame, above lumaRow: Int) -> [[UInt8]] {
    PlaneIndex.allCases.prefix(frame.format.planeCount).map { index in
      let plane = frame.plane(index)!
      let down = frame.heightPixels > plane.heightPixels ? 2 : 1
      return (0..<lumaRow / down).flatMap { y in (0..<plane.widthPixels).map { plane[$0, y] } }
    }
  }

  @Test(arguments: Form.allCases, [DecodeScale.full, .half, .eighth])
  func completeRowsAreTrue(form: Form, scale: DecodeScale) throws {
    let bytes = try form.encode(in: pool)
    let whole = try decoder.decode(bytes, into: pool, scale: scale)
    #expect(!whole.isTruncated)
    var best = 0
    for count in 0..<bytes.count {
      do {
        let part = try decoder.decode(Array(bytes.prefix(count)), into: pool, scale: scale)
        #expect(part.frame.format == whole.frame.format)
        #expect(part.completeRows >= best, "\(count) bytes: \(part.completeRows) rows after \(best)")
        #expect(part.completeRows > 0 && part.completeRows <= whole.frame.heightPixels)
        // Comparing all samples for each of thousands of lengths would take a minute.
        if part.completeRows > best || count % 37 == 0 {
          #expect(
            rows(part.frame, above: part.completeRows) == rows(whole.frame, above: part.completeRows),
            "\(count) bytes, \(part.completeRows) rows")
        }
        best = part.completeRows
        if !part.isTruncated {
          // Only the marks of the end may be missing.
          #expect(part.completeRows == whole.frame.heightPixels && count + 20 > bytes.count, "\(count) bytes")
        } else {
          #expect(part.fault(subject: "x")?.code == "frame_truncated")
        }
      } catch {
        #expect(
          error.code == (count < 8 ? .notAnImage : .truncated) || error.code == .truncated,
          "\(count): \(error)")
        #expect(best == 0, "\(count) bytes refused after \(best) rows")
      }
    }
    #expect(best > 0 && pool.outstandingCount <= 1)
  }

  /// A progressive picture has all rows after its first scan, and sharper ones with every further scan.
  @Test func progressivePicturesGetSharper() throws {
    let frame = try PictureBuilding.frame(64, 48, .ycbcr420, in: pool) { plane, x, y in
      UInt8(truncatingIfNeeded: plane == .luma ? x * y / 8 + x : 100 + x)
    }
    let bytes = try ImageEncoder(quality: 90, isProgressive: true).jpeg(frame)
    let whole = try decoder.decode(bytes, into: pool).frame
    func difference(_ other: Frame) -> Int {
      zip(PictureBuilding.samples(other), PictureBuilding.samples(whole))
        .reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    }
    var differences: [Int] = []
    for count in stride(from: 0, to: bytes.count - 2, by: 7) {
      guard let part = try? decoder.decode(Array(bytes.prefix(count)), into: pool) else {
        #expect(differences.isEmpty, "\(count) bytes")
        continue
      }
      #expect(part.isTruncated, "\(count) bytes")
      if part.completeRows == 48 { differences.append(difference(part.frame)) }
    }
    let early = try #require(differences.first)
    #expect(differences.last! < early / 4)
  }

  @Test func cutInterlacedPicturesAreRefusedUntilTheirLastPass() throws {
    var picture = PNGWriting(width: 24, height: 24, depth: 8, colourType: .grey)
    picture.isInterlaced = true
    let bytes = picture.bytes { x, y, _ in x * 7 + y * 3 }
    let whole = try decoder.decode(bytes, into: pool)
    var sawPart = false
    for count in 8..<bytes.count - 12 {
      guard let part = try? decoder.decode(Array(bytes.prefix(count)), into: pool) else { continue }
      sawPart = true
      #expect(part.isTruncated || part.completeRows == 24)
      #expect(
        rows(part.frame, above: part.completeRows) == rows(whole.frame, above: part.completeRows),
        "\(count) bytes")
    }
    #expect(sawPart)
  }

  @Test func rowsThatNeverCameHoldNothingOfEarlierPictures() throws {
    let single = FramePool(slabCount: 1, slabBytes: 64 * 64)
    for form in [Form.pngGrey, .jpegGrey] {
      let bytes = try form.encode(in: pool)
      let cut = Array(bytes.prefix(bytes.count * 2 / 3))
      let first = try PictureBuilding.samples(decoder.decode(cut, into: single).frame)
      _ = try PictureBuilding.noise(64, 64, .grey, in: single, seed: 99)
      let second = try PictureBuilding.samples(decoder.decode(cut, into: single).frame)
      #expect(first == second)
    }
  }
}

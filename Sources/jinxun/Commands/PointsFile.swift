internal import Foundation

/// The CSV of picture points that `jinxun locate` is asked about: `image,u,v`.
struct PointsFile {
  /// One asked point.
  struct Point {
    let image: String
    let u: Double
    let v: Double
    /// The numbers as they were written, to be repeated.
    let uText: String
    let vText: String
  }

  var points: [Point] = []
  /// What was wrong with single rows, with file and line.
  var complaints: [String] = []

  /// Why there is nothing to ask.
  struct Failure: Error {
    let message: String
  }

  private static let header = "image,u,v"

  /// Reads the file; a wrong row is a complaint, a wrong header a failure.
  static func read(_ path: String) throws(Failure) -> PointsFile {
    let text: String
    do {
      // A handle reads pipes, too.
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      text = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    } catch {
      throw Failure(message: "\(path): cannot read the points: \((error as NSError).localizedDescription)")
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    let first = lines.popFirst().map(trimmed) ?? ""
    let names = first.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    guard names.prefix(3).elementsEqual(["image", "u", "v"]) else {
      let found = first.isEmpty ? "an empty line" : "'\(first.prefix(60))'"
      throw Failure(message: "\(path): line 1: expected the header \(header), found \(found)")
    }
    var file = PointsFile()
    for (index, line) in lines.enumerated() {
      let row = trimmed(line)
      if row.isEmpty { continue }
      do {
        file.points.append(try point(row))
      } catch {
        file.complaints.append(
          "\(path): line \(index + 2): expected a picture's name and two numbers from 0 to 1, "
            + "found \(error.message)")
      }
    }
    guard !file.points.isEmpty else {
      throw Failure(
        message: file.complaints.first ?? "\(path): line 2: expected a point, found the end of the file")
    }
    return file
  }

  private static func point(_ row: Substring) throws(Failure) -> Point {
    let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    guard cells.count >= 3, !cells[0].isEmpty else { throw Failure(message: "'\(row.prefix(60))'") }
    let numbers = cells[1...2].map { Double($0) }
    guard let u = numbers[0], let v = numbers[1], (0...1).contains(u), (0...1).contains(v) else {
      throw Failure(message: "'\(row.prefix(60))'")
    }
    return Point(
      image: String(cells[0]), u: u, v: v, uText: String(cells[1]), vText: String(cells[2]))
  }

  /// Without blanks, quotes around a whole cell and the mark that some programs write before the first line.
  private static func trimmed(_ text: Substring) -> Substring {
    var rest = text
    func isPadding(_ character: Character) -> Bool {
      character.isWhitespace || character == "\"" || character == "\u{FEFF}"
    }
    while let first = rest.first, isPadding(first) { rest = rest.dropFirst() }
    while let last = rest.last, isPadding(last) { rest = rest.dropLast() }
    return rest
  }
}

package import Foundation
package import InspectionModel

/// Reads what `observations.jsonl` and `looks.jsonl` hold, one JSON object a line.
package enum ObservationLine {
  /// What a line says.
  package enum Content: Sendable, Hashable {
    case observation(Observation)
    case look(Look)
  }

  /// Longest line that is read, bytes.
  package static let maximumBytes = 1 << 20

  /// Reads a line.
  ///
  /// - Throws: what was expected and found, without the line itself.
  package static func read(_ line: Data, zone: UTCOffset) throws(LineFault) -> Content {
    guard line.count <= maximumBytes else {
      throw LineFault("expected at most \(maximumBytes) bytes, found \(line.count)")
    }
    let raw: RawLine
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do { raw = try decoder.decode(RawLine.self, from: line) } catch let error as DecodingError {
      throw LineFault(Self.words(of: error))
    } catch {
      throw LineFault("expected a JSON object, found something else")
    }
    return if let hazards = raw.hazards {
      .look(try raw.look(hazards, zone: zone))
    } else {
      .observation(try raw.observation(zone: zone))
    }
  }

  private static func words(of error: DecodingError) -> String {
    // As the line writes them: `phenomenon_time`.
    func path(_ keys: [any CodingKey]) -> String {
      keys.map { key in
        String(key.stringValue.flatMap { $0.isUppercase ? "_\($0.lowercased())" : String($0) })
      }.joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context):
      "the key '\(path(context.codingPath + [key]))' is missing"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      "\(path(context.codingPath)): expected \(type)"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(path(context.codingPath)): not a value of its kind"
    default: "expected a JSON object, found something else"
    }
  }
}

/// Why a line could not be taken.
package struct LineFault: Error, Sendable, Hashable {
  package let message: String

  init(_ message: String) { self.message = message }

  /// A time that lies after the import.
  package static func inTheFuture(_ key: String) -> LineFault {
    LineFault("\(key): expected a time before the import, found one in the future (is a clock wrong?)")
  }

  /// A result that was there before what it is of.
  package static let seenLater = LineFault(
    "result_time: expected a time after phenomenon_time, found an earlier one")
}

/// A line as it is written: every value that may be missing is optional.
private struct RawLine: Decodable {
  struct Place: Decodable {
    var longitudeDeg: Double
    var latitudeDeg: Double
    var sigmaM: Double?
    var radiusM: Double?
    var method: String?
    var coordSystem: String?
  }

  struct Source: Decodable {
    var kind: WitnessKind
    var source: String
  }

  struct Frame: Decodable {
    var name: String
    var sha256: String
    var sequenceNumber: Int
  }

  struct Procedure: Decodable {
    var name: String
    var version: String
    var parametersHash: String
  }

  var key: String
  var witness: Source
  var hazard: HazardKind?
  var hazards: [HazardKind]?
  var score: Double?
  var threshold: Double?
  var phenomenonTime: String
  var timeSource: TimeSource?
  var resultTime: String?
  var place: Place?
  var placeRemark: String?
  var region: [Double]?
  var vehicleCount: Int?
  var frame: Frame?
  var procedure: Procedure?

  func look(_ hazards: [HazardKind], zone: UTCOffset) throws(LineFault) -> Look {
    var area: Look.Area?
    if let place {
      guard let radius = place.radiusM, (0.1...100_000).contains(radius) else {
        throw LineFault("place.radius_m: expected 0.1 to 100000 metres")
      }
      area = Look.Area(center: try position(place), radiusMeters: radius)
    }
    return Look(
      key: try checkedKey(), witness: Witness(kind: witness.kind, source: try checkedSource()),
      time: try time(phenomenonTime, "phenomenon_time", zone), hazards: hazards, area: area)
  }

  func observation(zone: UTCOffset) throws(LineFault) -> Observation {
    guard let hazard else { throw LineFault("the key 'hazard' is missing") }
    let phenomenonTime = try time(phenomenonTime, "phenomenon_time", zone)
    let resultTime = try resultTime.map { (text) throws(LineFault) in try time(text, "result_time", zone) }
    guard let score, let threshold, (0...1).contains(score), (0...1).contains(threshold) else {
      throw LineFault("score, threshold: expected numbers from 0 to 1")
    }
    if let count = vehicleCount, count < 0 { throw LineFault("vehicle_count: expected no negative number") }
    let frame = frame ?? Frame(name: "", sha256: key, sequenceNumber: 0)
    let procedure = procedure ?? Procedure(name: "unknown", version: "", parametersHash: "")
    return Observation(
      key: try checkedKey(), witness: Witness(kind: witness.kind, source: try checkedSource()),
      hazard: hazard, score: HazardScore(fraction: score), phenomenonTime: phenomenonTime,
      timeSource: timeSource ?? .arrival, resultTime: resultTime ?? phenomenonTime,
      place: try place.map { (place) throws(LineFault) in try observed(place) }, placeRemark: placeRemark,
      region: try box(), vehicleCount: vehicleCount,
      frame: FrameReference(
        name: frame.name, sha256: frame.sha256, sequenceNumber: frame.sequenceNumber),
      procedure: AnalysisProcedure(
        name: procedure.name, version: procedure.version, parametersHash: procedure.parametersHash),
      threshold: HazardScore(fraction: threshold))
  }

  private func checkedKey() throws(LineFault) -> String {
    guard (1...256).contains(key.utf8.count) else { throw LineFault("key: expected 1 to 256 bytes") }
    return key
  }

  private func checkedSource() throws(LineFault) -> String {
    guard (1...256).contains(witness.source.utf8.count) else {
      throw LineFault("witness.source: expected 1 to 256 bytes")
    }
    return witness.source
  }

  private func time(_ text: String, _ key: String, _ zone: UTCOffset) throws(LineFault) -> Timestamp {
    guard let time = Timestamp(iso8601: text, assuming: zone) else {
      throw LineFault("\(key): expected a time such as 2026-11-24T08:00:00+08:00")
    }
    return time
  }

  private func position(_ place: Place) throws(LineFault) -> GeodeticPosition<CGCS2000> {
    guard place.coordSystem == nil || place.coordSystem == CGCS2000.name else {
      throw LineFault("place.coord_system: expected \(CGCS2000.name)")
    }
    let position = GeodeticPosition<CGCS2000>(
      latitudeDegrees: place.latitudeDeg, longitudeDegrees: place.longitudeDeg)
    guard position.isPlausible else { throw LineFault("place: expected degrees north and east") }
    return position
  }

  private func observed(_ place: Place) throws(LineFault) -> ObservedPlace {
    guard let sigma = place.sigmaM, sigma > 0, sigma <= 1_000_000 else {
      throw LineFault("place.sigma_m: expected metres above 0")
    }
    guard let method = LocationMethod(rawValue: place.method ?? "reported") else {
      throw LineFault("place.method: expected projected, camera, node or reported")
    }
    return ObservedPlace(position: try position(place), sigmaMeters: sigma, method: method)
  }

  private func box() throws(LineFault) -> NormalizedBox {
    guard let region else { return .whole }
    guard region.count == 4, region.allSatisfy({ (0...1).contains($0) }) else {
      throw LineFault("region: expected x, y, width and height from 0 to 1")
    }
    return NormalizedBox(x: region[0], y: region[1], width: region[2], height: region[3])
  }
}

import InspectionModel

/// Incidents as bytes: a store keeps thousands of open ones, and whoever goes on from them reads them all.
///
/// One version byte, then fields in a fixed order: integers as zigzag varints, floats as their 64 bits, texts with their
/// length before them, lists with their count, what may be missing with a byte that says so.
extension Cluster {
  private static let version: UInt8 = 1

  /// The cluster as bytes; without keys that are not filed.
  package var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes.append(Self.version)
    writer.write(id)
    writer.write(hazard.rawValue)
    writer.write(episode)
    writer.write(splitFrom) { $0.write($1) }
    writer.write(lastSeen)
    writer.write(misses) { writer, miss in
      writer.write(miss.witness)
      writer.write(miss.count)
      writer.write(miss.last)
    }
    writer.write(spots) { $1.write(to: &$0) }
    return writer.bytes
  }

  /// Reads a cluster from its bytes.
  ///
  /// - Throws: `FieldError` where they are not those of a cluster.
  package init(bytes: [UInt8]) throws(FieldError) {
    var reader = FieldReader(bytes: bytes)
    guard try reader.byte() == Self.version else { throw reader.error("an unknown version") }
    let id = try reader.text()
    let hazard: HazardKind = try reader.word()
    let episode = try reader.integer()
    let splitFrom = try reader.optional { reader throws(FieldError) in try reader.text() }
    let lastSeen = try reader.time()
    let misses = try reader.list { reader throws(FieldError) in
      Miss(witness: try reader.witness(), count: try reader.integer(), last: try reader.time())
    }
    let spots = try reader.list { reader throws(FieldError) in try Spot(&reader) }
    guard reader.isAtEnd, !spots.isEmpty else { throw reader.error("spots, and nothing after them") }
    self.init(
      id: id, hazard: hazard, spots: spots, episode: episode, splitFrom: splitFrom, misses: misses,
      lastSeen: lastSeen)
  }
}

extension Spot {
  func write(to writer: inout FieldWriter) {
    writer.write(witness)
    writer.write(name) { $0.write($1) }
    writer.write(filedCount)
    writer.write(firstKey)
    writer.write(firstSeen)
    writer.write(lastSeen)
    writer.write(frames)
    writer.write(location) { writer, location in
      for value in [
        location.latitudeDegrees, location.longitudeDegrees, location.weight, location.floorVariance,
        location.sharpestSigmaMeters,
      ] { writer.write(value) }
      writer.write(location.altitudeMetersAMSL) { $0.write($1) }
      writer.write(location.method.rawValue)
    }
    writer.write(bestScore.millionths)
    writer.write(bestKey)
    writer.write(vehicleCount) { $0.write($1) }
    writer.write(resultTimes) { $0.write($1) }
    writer.write(rootOf) { $0.write($1) }
    writer.write(newestFrames) { $0.write($1) }
  }

  init(_ reader: inout FieldReader) throws(FieldError) {
    self.init(
      witness: try reader.witness(),
      name: try reader.optional { reader throws(FieldError) in try reader.text() },
      filedCount: try reader.integer(), firstKey: try reader.text(), firstSeen: try reader.time(),
      lastSeen: try reader.time(), frames: try reader.integer(),
      location: try reader.optional { reader throws(FieldError) in
        Location(
          latitudeDegrees: try reader.double(), longitudeDegrees: try reader.double(),
          weight: try reader.double(), floorVariance: try reader.double(),
          sharpestSigmaMeters: try reader.double(),
          altitudeMetersAMSL: try reader.optional { reader throws(FieldError) in try reader.double() },
          method: try reader.word())
      },
      bestScore: HazardScore(millionths: try reader.integer()), bestKey: try reader.text(),
      vehicleCount: try reader.optional { reader throws(FieldError) in try reader.integer() },
      resultTimes: try reader.list { reader throws(FieldError) in try reader.time() },
      rootOf: try reader.optional { reader throws(FieldError) in try reader.text() },
      newestFrames: try reader.list { reader throws(FieldError) in try reader.text() })
  }
}

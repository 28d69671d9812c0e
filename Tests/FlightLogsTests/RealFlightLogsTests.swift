import FlightLogs
import Foundation
import InspectionModel
import TestSupport
import Testing

/// Real logs and pictures against the tools that their formats' users trust. Skipped where the data are absent.
@Suite struct RealFlightLogsTests {
  static let subtitles = SharedData.item("telemetry/dji_srt")
  static let airdata = SharedData.item("telemetry/airdata")
  static let flight = SharedData.item("flights/brighton-beach")
  static let flightTruth = SharedData.item("flights/truth/brighton-beach/exif.truth.csv")
  static let unplaced = SharedData.item("flights/seneca")

  /// The rows of a CSV file by the names in its header; quotes and commas inside them are honoured.
  private func rows(_ url: URL) throws -> [[String: String]] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    func cells(_ line: Substring) -> [String] {
      var (cells, isQuoted) = ([""], false)
      for character in line {
        if character == "\"" {
          isQuoted.toggle()
        } else if character == ",", !isQuoted {
          cells.append("")
        } else {
          cells[cells.count - 1].append(character)
        }
      }
      return cells
    }
    let names = cells(lines[0])
    return lines.dropFirst().map { line in
      Dictionary(uniqueKeysWithValues: zip(names, cells(line)))
    }
  }

  /// Degrees as a log writes them; `nil` for a blank.
  private func degrees(_ text: String?) -> Double? { text.flatMap(Double.init) }

  private func same(_ radians: Double?, _ degrees: Double?) -> Bool {
    guard let radians, let degrees else { return radians == nil && degrees == nil }
    return abs(radians * 180 / .pi - degrees) < 1e-9
  }

  @Test(
    .enabled(if: subtitles != nil, "no ../shared/data/telemetry/dji_srt"),
    arguments: [
      "air2s.srt", "matrice_300.srt", "mavic_2_style.SRT", "mavic_mini.SRT", "mavic_pro.SRT",
      "old_format.SRT", "p4_rtk.SRT", "p4p_sample.SRT",
    ])
  func subtitlesEqualTheirTruth(name: String) throws {
    let folder = try #require(Self.subtitles)
    let log = try TelemetryLogReader.read([UInt8](Data(contentsOf: folder.appending(path: name))))
    let truth = try rows(folder.appending(path: "\(name).truth.csv"))
    #expect(log.faults.isEmpty && log.skippedByteCount == 0)
    #expect(log.samples.count == truth.count)
    for (sample, row) in zip(log.samples, truth) {
      let place = "\(name), subtitle \(row["n"] ?? "?")"
      #expect(sample.position?.latitudeDegrees == degrees(row["lat"]), "\(place)")
      #expect(sample.position?.longitudeDegrees == degrees(row["lon"]), "\(place)")
      #expect(
        sample.heightMetersAboveTakeoff
          == degrees(row["barometer"]) ?? degrees(row["H"]) ?? degrees(row["rel_alt"]), "\(place)")
      #expect(sample.altitudeMetersAMSL == degrees(row["altitude"]) ?? degrees(row["abs_alt"]), "\(place)")
      #expect(same(sample.gimbal?.pitchRadians, degrees(row["G_PRY_pitch"])), "\(place)")
      #expect(same(sample.gimbal?.yawRadians, degrees(row["G_PRY_yaw"])), "\(place)")
      #expect(same(sample.pitchRadians, degrees(row["F_PRY_pitch"])), "\(place)")
      #expect(same(sample.rollRadians, degrees(row["F_PRY_roll"])), "\(place)")
      #expect(same(sample.yawRadians, degrees(row["F_PRY_yaw"])), "\(place)")
      if let code = row["timecode"], !code.isEmpty {
        let parts = code.split { ":,".contains($0) }.compactMap { Int64($0) }
        let milliseconds = ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3]
        #expect(sample.logTimeNanoseconds == milliseconds * 1_000_000, "\(place)")
      }
      // `2017.8.5 14:11:51:393.525`: digits of date and time, then milliseconds and microseconds.
      let parts = (row["date_raw"] ?? "").split { ".-: ".contains($0) }.compactMap { Int($0) }
      let civil = sample.timestamp?.civil(in: .shanghai)
      #expect((civil == nil) == parts.isEmpty, "\(place)")
      if let civil {
        let found = [civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second]
        #expect(found == Array(parts.prefix(6)), "\(place)")
        #expect(civil.nanosecond == (parts.count == 8 ? (parts[6] * 1000 + parts[7]) * 1000 : 0), "\(place)")
      }
    }
  }

  /// The truth tool drops the positions of this file although it has them.
  @Test(.enabled(if: subtitles != nil, "no ../shared/data/telemetry/dji_srt"))
  func cutSubtitlesGiveWhatIsThere() throws {
    let folder = try #require(Self.subtitles)
    let log = try TelemetryLogReader.read(
      [UInt8](Data(contentsOf: folder.appending(path: "broken_incomplete.SRT"))))
    let truth = try rows(folder.appending(path: "broken_incomplete.SRT.truth.csv"))
    #expect(log.samples.count == 20 && log.faults.isEmpty)
    // The last subtitle ends behind its date.
    #expect(log.samples[19].position == nil && log.samples[19].timestamp != nil)
    for (sample, row) in zip(log.samples.dropLast(), truth) {
      #expect(sample.position == GeodeticPosition(latitudeDegrees: -34.7383, longitudeDegrees: -58.4563))
      #expect(sample.heightMetersAboveTakeoff == degrees(row["barometer"]))
    }
    let empty = try [UInt8](Data(contentsOf: folder.appending(path: "broken_empty.SRT")))
    #expect(throws: TelemetryLogError.unknownFormat(firstBytes: [])) { try TelemetryLogReader.read(empty) }
  }

  @Test(.enabled(if: airdata != nil, "no ../shared/data/telemetry/airdata"))
  func airdataEqualsItsSummary() throws {
    let folder = try #require(Self.airdata)
    let name = "Sep-5th-2021-07-48PM-Flight-Airdata.csv"
    let log = try TelemetryLogReader.read([UInt8](Data(contentsOf: folder.appending(path: name))))
    #expect(log.faults.isEmpty && log.skippedByteCount == 0)
    #expect(log.samples.count == 11_614 && log.photoIndices.count == 46)
    let positions = log.samples.compactMap(\.position)
    #expect(positions.count == 11_498)
    #expect(log.samples.prefix(116).allSatisfy { $0.position == nil })
    #expect(positions.map(\.latitudeDegrees).min() == 47.5720019572529)
    #expect(positions.map(\.longitudeDegrees).max() == -122.625008054875)
    #expect(log.samples.last?.logTimeNanoseconds == 1_184_600_000_000)
    #expect(abs(log.samples.compactMap(\.heightMetersAboveTakeoff).max()! - 119.6) < 0.05)
    let pitches = log.samples.compactMap { $0.gimbal?.pitchRadians }
    #expect(same(pitches.min(), -90) && same(pitches.max(), 17.5))
    #expect(log.samples[0].timestamp?.iso8601() == "2021-09-06T02:47:58.000Z")
    #expect(log.samples[11_613].timestamp?.seconds(since: log.samples[0].timestamp!) == 1184.6)
    #expect(abs(log.samples[200].altitudeMetersAMSL! - 9.7982) < 1e-4)
    #expect(same(log.samples[200].yawRadians, 350) && same(log.samples[200].pitchRadians, -0.6))
  }

  @Test(
    .enabled(if: flight != nil && flightTruth != nil, "no ../shared/data/flights/brighton-beach"))
  func tagsEqualExiftools() throws {
    let (folder, truth) = (try #require(Self.flight), try rows(#require(Self.flightTruth)))
    #expect(truth.count == 18)
    for row in truth {
      let name = try #require(row["FileName"])
      let bytes = try [UInt8](Data(contentsOf: folder.appending(path: name)))
      let reading = try #require(PictureMetadataReader.read(bytes, isWholeFile: true))
      #expect(reading.faults.isEmpty, "\(name): \(reading.faults)")
      let found = reading.metadata
      #expect(found.make == row["Make"] && found.model == row["Model"] && found.software == row["Software"])
      #expect(found.recordedWidthPixels.map(String.init) == row["ImageWidth"], "\(name)")
      #expect(found.recordedHeightPixels.map(String.init) == row["ImageHeight"], "\(name)")
      #expect(found.storedWidthPixels == 1280 && found.storedHeightPixels == 720)
      #expect(found.orientation.map(String.init) == row["Orientation"], "\(name)")
      for (time, key) in [(found.takenAt, "DateTimeOriginal"), (found.modifiedAt, "ModifyDate")] {
        let text = time.map { Timestamp($0, zone: .utc)!.iso8601() }
        let expected = row[key]!.replacing(" ", with: "T").split(separator: "T")
        #expect(
          text == expected[0].replacing(":", with: "-") + "T" + expected[1] + ".000Z", "\(name) \(key)")
      }
      let position = try #require(found.position)
      #expect(abs(position.latitudeDegrees - degrees(row["GPSLatitude"])!) < 1e-9, "\(name)")
      #expect(abs(position.longitudeDegrees - degrees(row["GPSLongitude"])!) < 1e-9, "\(name)")
      #expect(found.altitudeMetersAMSL == degrees(row["AbsoluteAltitude"]), "\(name)")
      #expect(found.heightMetersAboveTakeoff == degrees(row["RelativeAltitude"]), "\(name)")
      // The tool that copied the tags into the reduced pictures wrote 18/5 for the original's 361/100.
      #expect(found.focalLengthMillimeters == 3.6 && row["FocalLength"] == "3.61", "\(name)")
      #expect(found.focalLength35mmEquivalentMillimeters == degrees(row["FocalLengthIn35mmFormat"]))
      for (radians, key) in [
        (found.gimbal?.rollRadians, "GimbalRollDegree"), (found.gimbal?.pitchRadians, "GimbalPitchDegree"),
        (found.gimbal?.yawRadians, "GimbalYawDegree"), (found.rollRadians, "FlightRollDegree"),
        (found.pitchRadians, "FlightPitchDegree"), (found.yawRadians, "FlightYawDegree"),
      ] { #expect(same(radians, degrees(row[key])), "\(name) \(key)") }
    }
  }

  /// Another maker's camera: position and altitude, no attitude.
  @Test(.enabled(if: unplaced != nil, "no ../shared/data/flights/seneca"))
  func picturesWithoutAttitudeHaveAPosition() throws {
    let folder = try #require(Self.unplaced)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var count = 0
    for name in names where name.lowercased().hasSuffix(".jpg") {
      let bytes = try [UInt8](Data(contentsOf: folder.appending(path: name)))
      let reading = try #require(PictureMetadataReader.read(bytes, isWholeFile: true))
      #expect(reading.faults.isEmpty, "\(name): \(reading.faults)")
      let found = reading.metadata
      #expect(found.position != nil && found.altitudeMetersAMSL != nil && found.takenAt != nil, "\(name)")
      #expect(found.gimbal == nil && found.yawRadians == nil, "\(name)")
      count += 1
    }
    #expect(count == 26)
  }
}

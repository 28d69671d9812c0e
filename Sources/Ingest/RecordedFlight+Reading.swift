internal import FlightLogs
package import Foundation
internal import Georeferencing
internal import InspectionModel

extension RecordedFlight {
  /// Reads a folder: pictures by their first bytes, one telemetry sidecar by its content, times and poses.
  ///
  /// - Throws: `RecordedFlightError` where the folder cannot be read or holds no picture. Everything else that is
  ///   wrong is a fault and the reading goes on.
  package static func read(
    folder: URL, settings: Settings = Settings()
  ) throws(RecordedFlightError) -> RecordedFlight {
    precondition(settings.nominalPeriodSeconds > 0, "pictures follow one another")
    var flight = RecordedFlight(
      name: folder.standardizedFileURL.lastPathComponent, folder: folder, frames: [], sidecar: nil,
      ignoredFileNames: [], faults: [])
    var unsorted: [TelemetrySidecarCandidate] = []
    let names = try fileNames(in: folder, limit: settings.fileLimit)
    for name in names {
      let url = folder.appending(path: name, directoryHint: .notDirectory)
      do {
        let file = try FileStart.read(url, byteCount: metadataByteCount)
        if let reading = PictureMetadataReader.read(file.bytes, isWholeFile: file.isWhole) {
          flight.faults += reading.faults.map { fault in
            Fault(code: tagFaultCode, subject: name, place: .byte(fault.offset), message: fault.message)
          }
          flight.frames.append(
            RecordedFrame(
              sequenceNumber: flight.frames.count, name: name, url: url, byteCount: file.byteCount,
              timestamp: settings.nominalStart, timeSource: .nominal, telemetry: nil, telemetryRemark: nil,
              metadata: reading.metadata))
        } else if TelemetryLogFormat.detect(file.bytes) != nil {
          unsorted.append(TelemetrySidecarCandidate(name: name, url: url, byteCount: file.byteCount))
        } else {
          flight.noteOther(name, isEmpty: file.byteCount == 0)
        }
      } catch {
        flight.faults.append(
          Fault(code: "file_unreadable", subject: name, message: "cannot read the file: \(error.reason)"))
      }
    }
    guard !flight.frames.isEmpty else { throw .noPictures(path: folder.path, fileCount: names.count) }
    flight.readSidecar(unsorted, zone: settings.zone)
    flight.join(settings)
    flight.faults.sort()
    return flight
  }

  private struct TelemetrySidecarCandidate {
    let name: String
    let url: URL
    let byteCount: Int
  }

  /// Regular files by natural order of names; hidden files and folders are left out.
  private static func fileNames(in folder: URL, limit: Int) throws(RecordedFlightError) -> [String] {
    let items: [URL]
    do {
      items = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    } catch {
      throw .unreadableFolder(path: folder.path, reason: FileStart.reason(of: error))
    }
    guard items.count <= limit else { throw .tooManyFiles(path: folder.path, limit: limit) }
    return items.filter(isRegularFile).map(\.lastPathComponent).sorted(by: naturallyPrecedes)
  }

  /// Whether a name leads to a file with bytes, through links too: reading a pipe or a device might never end.
  private static func isRegularFile(_ url: URL) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  /// A file that is neither picture nor telemetry: of a picture's or a log's name it is a fault, else ignored.
  private mutating func noteOther(_ name: String, isEmpty: Bool) {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard ["jpg", "jpeg", "png", "srt"].contains(ending) else {
      ignoredFileNames.append(name)
      return
    }
    let found = isEmpty ? "an empty file" : "other bytes"
    faults.append(
      Fault(
        code: "file_mislabelled", subject: name, place: .byte(0),
        message: "expected what the name .\(ending) says, found \(found)"))
  }

  /// Reads the first log that can be read; further ones are faults, never mixed.
  private mutating func readSidecar(_ candidates: [TelemetrySidecarCandidate], zone: UTCOffset) {
    for candidate in candidates {
      guard sidecar == nil else {
        faults.append(
          Fault(
            code: "sidecar_surplus", subject: candidate.name,
            message: "a flight has one telemetry log, and \(sidecar!.fileName) was read already"))
        continue
      }
      do {
        guard candidate.byteCount <= TelemetryLogReader.byteLimit else {
          throw TelemetryLogError.tooLarge(
            byteCount: candidate.byteCount, limit: TelemetryLogReader.byteLimit)
        }
        let bytes = try FileStart.read(candidate.url, byteCount: candidate.byteCount).bytes
        let log = try TelemetryLogReader.read(bytes, assuming: zone)
        sidecar = Sidecar(fileName: candidate.name, log: log)
        faults += log.faults.map {
          Fault(code: "telemetry_damaged", subject: candidate.name, place: $0.place, message: $0.message)
        }
      } catch let error as TelemetryLogError {
        faults.append(Fault(code: "telemetry_unreadable", subject: candidate.name, message: error.message))
      } catch {
        faults.append(
          Fault(code: "file_unreadable", subject: candidate.name, message: FileStart.reason(of: error)))
      }
    }
  }
}

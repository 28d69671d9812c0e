internal import InspectionModel

/// Writes the time marks (`.MRK`) of the flight's photos.
enum PhotoMarksWriter {
  static func text(_ records: [SimulatedLog.Record]) -> String {
    var text = ""
    for (index, record) in records.filter(\.isPhoto).enumerated() {
      let time = DataFlashWriter.gpsTime(record.utc)
      let ellipsoid = record.altitudeMetersAMSL + SimulatedLog.geoidHeightMeters
      text +=
        "\(index + 1)\t\(time.millis / 1000).\(padded(Int(time.millis % 1000), 3))000\t[\(time.week)]\t"
        + "     3,N\t     0,E\t    75,V\t\(decimalDigits(record.latitudeDegrees, 10)),Lat\t"
        + "\(decimalDigits(record.longitudeDegrees, 10)),Lon\t\(decimalDigits(ellipsoid, 3)),Ellh\t"
        + "0.030000, 0.040000, 0.060000\t50,Q\n"
    }
    return text
  }
}

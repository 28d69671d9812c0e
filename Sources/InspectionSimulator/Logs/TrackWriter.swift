internal import InspectionModel

/// Writes GPX and KML tracks.
enum TrackWriter {
  static func gpx(_ records: [SimulatedLog.Record]) -> String {
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- made up -->\n<gpx version=\"1.1\" creator=\"jinxun\"\n"
      + " xmlns=\"http://www.topografix.com/GPX/1/1\">\n<wpt lat=\"29\" lon=\"106\"><name>Home</name></wpt>\n"
      + "<trk><name>A &amp; B</name><trkseg>\n"
    for record in records {
      text +=
        "\t<trkpt lon=\"\(decimalDigits(record.longitudeDegrees, 9))\" "
        + "lat=\"\(decimalDigits(record.latitudeDegrees, 9))\">\n"
        + "\t\t<ele>\(decimalDigits(record.altitudeMetersAMSL, 3))</ele>\n"
        + "\t\t<speed>\(decimalDigits(record.groundSpeedMetersPerSecond, 2))</speed>\n"
        + "\t\t<time>\(record.utc.iso8601())</time>\n\t</trkpt>\n"
    }
    return text + "</trkseg></trk>\n</gpx>\n"
  }

  static func kml(_ records: [SimulatedLog.Record], isTrack: Bool) -> String {
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\" "
      + "xmlns:gx=\"http://www.google.com/kml/ext/2.2\">\n<Document>\n<Placemark><description>"
      + "<![CDATA[<b>Home</b>]]></description><Point><coordinates>106,29,0</coordinates></Point></Placemark>\n"
      + "<Placemark>\n"
    func place(_ record: SimulatedLog.Record, _ separator: String) -> String {
      [
        decimalDigits(record.longitudeDegrees, 9), decimalDigits(record.latitudeDegrees, 9),
        decimalDigits(record.altitudeMetersAMSL, 3),
      ].joined(separator: separator)
    }
    if isTrack {
      text += "<gx:Track><altitudeMode>absolute</altitudeMode>\n"
      for record in records { text += "<when>\(record.utc.iso8601())</when>\n" }
      for record in records { text += "<gx:coord>\(place(record, " "))</gx:coord>\n" }
      text += "</gx:Track>\n"
    } else {
      text += "<LineString><altitudeMode>absolute</altitudeMode><coordinates>\n"
      for record in records { text += "\(place(record, ","))\n" }
      text += "</coordinates></LineString>\n"
    }
    return text + "</Placemark>\n</Document>\n</kml>\n"
  }
}

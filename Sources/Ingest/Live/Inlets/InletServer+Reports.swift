internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import InspectionModel
internal import NIOCore

extension InletServer {
  /// `POST /reports`: a place, words and perhaps a picture.
  func takeReport(_ request: Request) async throws -> Response {
    let names = try senders(request).compactMap { if case .reporter(let name) = $0 { name } else { nil } }
    guard let name = names.min() else { throw InletReply.forbidden }
    let field = request.headers[.contentType] ?? ""
    let type = Self.mediaType(field)
    guard ["application/json", "multipart/form-data"].contains(type) else { throw InletReply.unsupported }
    let bytes = try await body(of: request, atMost: settings.maximumReportBytes)
    let form =
      type == "application/json"
      ? ReportForm(json: bytes) : ReportForm(multipart: bytes, boundary: Self.boundary(field))
    guard let form else {
      throw InletReply.badReport("上报内容格式错误", "the report is not of the stated type")
    }
    let key = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
    let report = try report(form, sender: name, key: key)
    do {
      let receipt = try await accept(report)
      return Self.response(receipt)
    } catch let refusal as ReportRefusal {
      throw InletReply.busy(refusal.retryAfterSeconds)
    }
  }

  private static func boundary(_ field: String) -> String {
    for part in field.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      if pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" {
        return pair[1].filter { $0 != "\"" && $0 != " " }
      }
    }
    return ""
  }

  private static func response(_ receipt: ReportReceipt) -> Response {
    let id = receipt.id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0)) }
    return Response(
      status: receipt.isDuplicate ? .ok : .created,
      headers: [.contentType: "application/json; charset=utf-8"],
      body: .init(
        byteBuffer: ByteBuffer(string: #"{"id":"\#(id)","duplicate":\#(receipt.isDuplicate)}"# + "\n")))
  }

  private static let known: Set<String> = ["latitude", "longitude", "accuracy", "time", "hazard", "text"]

  /// The report that a form makes.
  ///
  /// - Throws: an `InletReply` that names what is wrong.
  func report(_ form: ReportForm, sender: String, key: String?) throws(InletReply) -> PersonReport {
    guard Set(form.fields.keys).isSubset(of: Self.known) else {
      throw .badReport("存在未知字段", "unknown field; known: accuracy, hazard, latitude, longitude, text, time")
    }
    let position = GeodeticPosition<CGCS2000>(
      latitudeDegrees: form.fields["latitude"].flatMap { Double($0) } ?? .nan,
      longitudeDegrees: form.fields["longitude"].flatMap { Double($0) } ?? .nan)
    guard position.isPlausible else {
      throw .badReport("经纬度无效", "latitude and longitude are needed, in degrees")
    }
    let accuracy = form.fields["accuracy"].map { Double($0) ?? .nan }
    guard accuracy.map({ (0...100_000).contains($0) }) ?? true else {
      throw .badReport("定位精度无效", "accuracy is a number of metres")
    }
    let seenAt = form.fields["time"].map { Timestamp(iso8601: $0, assuming: .shanghai) }
    if case .some(nil) = seenAt { throw .badReport("时间无效", "time is ISO 8601") }
    let hazard = form.fields["hazard"].map { HazardKind(rawValue: $0) }
    if case .some(nil) = hazard { throw .badReport("隐患类型未知", "unknown hazard") }
    var picture = form.picture
    if picture != nil, !PictureEnds.trim(&picture!) { throw .damagedPicture }
    let text = form.fields["text"] ?? ""
    guard picture != nil || !text.isEmpty else {
      throw .badReport("需要文字或图片", "a text or a picture is needed")
    }
    if let key, key.utf8.count > 128 || !key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      throw .badReport("Idempotency-Key 无效", "Idempotency-Key is up to 128 printable characters")
    }
    return PersonReport(
      idempotencyKey: key, sender: sender, arrival: clock.wall(), seenAt: seenAt ?? nil, position: position,
      positionSigmaMeters: accuracy, hazard: hazard ?? nil, text: text, picture: picture)
  }
}

import AsyncHTTPClient
import Ingest
import InspectionModel
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// The HTTP inlet, asked over real sockets.
@Suite struct InletServerTests {
  static let picture = MultipartReaderTests.picture(1, count: 2000)
  static let nodeToken = "token-of-node-a-0123"
  static let reporterToken = "token-of-grid-workers"

  final class Reports: Sendable {
    let all = Mutex<[PersonReport]>([])
  }

  struct Inlet: Sendable {
    let port: Int
    let frames: FrameInlet
    let reports: Reports

    func post(
      _ path: String, token: String? = nodeToken, type: String? = "image/jpeg",
      fields: [(String, String)] = [],
      body: [UInt8]? = picture
    ) async throws -> HTTPClientResponse {
      var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
      request.method = .POST
      if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
      if let type { request.headers.add(name: "Content-Type", value: type) }
      for (name, value) in fields { request.headers.add(name: name, value: value) }
      if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
      return try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    }

    func expect(
      _ expected: Int, _ path: String, token: String? = nodeToken, type: String? = "image/jpeg",
      body: [UInt8]? = picture, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      let found = try await status(path, token: token, type: type, body: body)
      #expect(found == expected, sourceLocation: sourceLocation)
    }

    func status(
      _ path: String, token: String? = nodeToken, type: String? = "image/jpeg", body: [UInt8]? = picture
    ) async throws -> Int {
      Int(try await post(path, token: token, type: type, body: body).status.code)
    }
  }

  /// Runs a server of two pushing nodes while `body` asks it.
  static func serve(
    maximumPictureBytes: Int = 10_000, requestSeconds: Double = 10, concurrent: Int = 64,
    accept: (@Sendable (PersonReport) async throws -> ReportReceipt)? = nil,
    _ body: @escaping @Sendable (Inlet) async throws -> Void
  ) async throws {
    let nodes = [
      LiveNode(id: "a", unitName: "a", endpoint: .push, credentials: .environment("A"), periodSeconds: 1),
      LiveNode(id: "b", unitName: "b", endpoint: .push, credentials: .environment("B"), periodSeconds: 1),
      LiveNode(id: "pulled", unitName: "c", endpoint: .directory(path: "/nowhere"), periodSeconds: 1),
    ]
    let (frames, reports) = (FrameInlet(limits: InletLimits(), nodes: nodes), Reports())
    let server = InletServer(
      settings: InletServerSettings(
        port: 0, reporters: ["grid": .environment("GRID")], maximumPictureBytes: maximumPictureBytes,
        maximumReportBytes: 20_000, maximumConcurrentRequests: concurrent, requestSeconds: requestSeconds),
      nodes: nodes,
      environment: ["A": nodeToken, "B": "token-of-node-b-0123", "GRID": reporterToken],
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, inlet: frames, events: { _ in },
      accept: accept ?? { report in
        reports.all.withLock { all in
          all.append(report)
          return ReportReceipt(id: "R-\(all.count)", isDuplicate: false)
        }
      })
    let (ports, tellPort) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run { tellPort.yield($0) } }
      var bound: Int?
      for await port in ports {
        bound = port
        break
      }
      try await body(Inlet(port: bound ?? 0, frames: frames, reports: reports))
      group.cancelAll()
    }
  }

  @Test func aPictureOfItsNodeGoesToTheInlet() async throws {
    try await Self.serve { inlet in
      let fields = [("X-Timestamp", "1764150000.5")]
      let response = try await inlet.post("/nodes/a/pictures", fields: fields)
      #expect(response.status == .accepted)
      let frame = await inlet.frames.next()
      #expect(frame?.nodeID == "a")
      #expect(frame?.bytes == Self.picture)
      #expect(frame?.sourceTime == Timestamp(milliseconds: 1_764_150_000_500))
    }
  }

  @Test func everyRefusalHasItsStatus() async throws {
    try await Self.serve { inlet in
      try await inlet.expect(401, "/nodes/a/pictures", token: nil)
      try await inlet.expect(401, "/nodes/a/pictures", token: "wrong-token-0123456")
      try await inlet.expect(401, "/nodes/nobody/pictures", token: nil)
      try await inlet.expect(403, "/nodes/b/pictures")
      try await inlet.expect(403, "/nodes/a/pictures", token: Self.reporterToken)
      try await inlet.expect(404, "/nodes/nobody/pictures")
      try await inlet.expect(404, "/nodes/pulled/pictures")
      try await inlet.expect(404, "/elsewhere")
      try await inlet.expect(415, "/nodes/a/pictures", type: "text/html")
      try await inlet.expect(415, "/nodes/a/pictures", type: nil)
      try await inlet.expect(413, "/nodes/a/pictures", body: [UInt8](repeating: 0, count: 10_001))
      try await inlet.expect(422, "/nodes/a/pictures", body: Array(Self.picture.dropLast(40)))
      try await inlet.expect(403, "/reports")
      try await inlet.expect(415, "/reports", token: Self.reporterToken)
    }
  }

  @Test func aBodyOfUnstatedLengthIsRefused() async throws {
    try await Self.serve { inlet in
      var request = HTTPClientRequest(url: "http://127.0.0.1:\(inlet.port)/nodes/a/pictures")
      request.method = .POST
      request.headers = HTTPHeaders([
        ("Authorization", "Bearer \(Self.nodeToken)"), ("Content-Type", "image/jpeg"),
      ])
      request.body = .stream(
        AsyncStream { continuation in
          continuation.yield(ByteBuffer(bytes: Self.picture))
          continuation.finish()
        }, length: .unknown)
      let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
      #expect(response.status.code == 411)
    }
  }

  @Test func aClosedInletTellsWhenToComeAgain() async throws {
    try await Self.serve { inlet in
      inlet.frames.close()
      let response = try await inlet.post("/nodes/a/pictures")
      #expect(response.status.code == 503)
      #expect(response.headers.first(name: "Retry-After") == "2")
    }
  }

  @Test func moreRequestsThanAreReadAreToldToComeAgain() async throws {
    try await Self.serve(concurrent: 0) { inlet in
      let response = try await inlet.post("/nodes/a/pictures")
      #expect(response.status.code == 503)
      #expect(response.headers.first(name: "Retry-After") == "2")
    }
  }

  @Test func aBodyThatDripsIsCutOff() async throws {
    try await Self.serve(requestSeconds: 0.2) { inlet in
      let (pieces, give) = AsyncStream.makeStream(of: ByteBuffer.self)
      give.yield(ByteBuffer(bytes: Self.picture.prefix(10)))
      var request = HTTPClientRequest(url: "http://127.0.0.1:\(inlet.port)/nodes/a/pictures")
      request.method = .POST
      request.headers = HTTPHeaders([
        ("Authorization", "Bearer \(Self.nodeToken)"), ("Content-Type", "image/jpeg"),
      ])
      request.body = .stream(pieces, length: .known(Int64(Self.picture.count)))
      let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
      #expect(response.status.code == 408)
      give.finish()
    }
  }

  static func json(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func reportsAreTakenAsJSONAndAsAForm() async throws {
    try await Self.serve { inlet in
      let body =
        #"{"latitude":29.29,"longitude":106.25,"accuracy":8,"text":"路面积水","hazard":"water","time":"2026-11-24T08:00:00+08:00"}"#
      let first = try await inlet.post(
        "/reports", token: Self.reporterToken, type: "application/json", fields: [("Idempotency-Key", "k-1")],
        body: Self.json(body))
      #expect(first.status == .created)
      #expect(
        try await String(buffer: first.body.collect(upTo: 1000)) == #"{"id":"R-1","duplicate":false}"# + "\n")
      var form: [UInt8] = []
      for (name, value) in [("latitude", "29.3"), ("longitude", "106.2"), ("text", "坑")] {
        form += Array("--xyz\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
      }
      form += Array(
        "--xyz\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
          .utf8)
      form += Self.picture + Array("\r\n--xyz--\r\n".utf8)
      let second = try await inlet.post(
        "/reports", token: Self.reporterToken, type: "multipart/form-data; boundary=xyz", body: form)
      #expect(second.status == .created)
      let reports = inlet.reports.all.withLock { $0 }
      #expect(reports.map(\.sender) == ["grid", "grid"])
      #expect(reports.map(\.idempotencyKey) == ["k-1", nil])
      #expect(reports.map(\.text) == ["路面积水", "坑"])
      #expect(reports.map(\.hazard) == [.water, nil])
      #expect(reports[0].positionSigmaMeters == 8)
      #expect(reports[0].seenAt == Timestamp(iso8601: "2026-11-24T00:00:00Z", assuming: .utc))
      #expect(reports[1].picture == Self.picture)
    }
  }

  static let badReports = [
    "", "[]", "{", #"{"latitude":29.29}"#, #"{"latitude":0,"longitude":0,"text":"x"}"#,
    #"{"latitude":95,"longitude":106,"text":"x"}"#, #"{"latitude":"nan","longitude":106,"text":"x"}"#,
    #"{"latitude":29,"longitude":106}"#, #"{"latitude":29,"longitude":106,"text":"x","hazard":"dragon"}"#,
    #"{"latitude":29,"longitude":106,"text":"x","time":"yesterday"}"#,
    #"{"latitude":29,"longitude":106,"text":"x","admin":"yes"}"#,
    #"{"latitude":29,"longitude":106,"text":"x","accuracy":-1}"#,
    #"{"latitude":29,"longitude":106,"text":{"a":1}}"#,
    #"{"latitude":29,"longitude":106,"picture":"***"}"#,
  ]

  @Test func badReportsAreRefusedAndNeverStored() async throws {
    try await Self.serve { inlet in
      for body in Self.badReports {
        let status = try await inlet.status(
          "/reports", token: Self.reporterToken, type: "application/json", body: Self.json(body))
        #expect(status == 400, "\(body)")
      }
      for body in [
        "", "--xyz", "--xyz\r\n\r\n", "--xyz--",
        "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n",
      ] {
        let status = try await inlet.status(
          "/reports", token: Self.reporterToken, type: "multipart/form-data; boundary=xyz",
          body: Self.json(body))
        #expect(status == 400, "\(body)")
      }
      #expect(inlet.reports.all.withLock { $0.isEmpty })
    }
  }

  @Test func aFullStoreIsToldAs503() async throws {
    try await Self.serve(accept: { _ in throw ReportRefusal(retryAfterSeconds: 30, detail: "full") }) {
      inlet in
      let response = try await inlet.post(
        "/reports", token: Self.reporterToken, type: "application/json",
        body: Self.json(#"{"latitude":29,"longitude":106,"text":"x"}"#))
      #expect(response.status.code == 503)
      #expect(response.headers.first(name: "Retry-After") == "30")
    }
  }
}

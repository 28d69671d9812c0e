import Ingest
import InspectionModel
import Testing

/// Sources against real sockets of a server that misbehaves.
@Suite struct HTTPSourceTests {
  static func head(
    _ type: String = "multipart/x-mixed-replace; boundary=frame", status: String = "200 OK", more: String = ""
  )
    -> [UInt8]
  { Array("HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\n\(more)\r\n".utf8) }

  static func mjpeg(_ port: Int) throws -> NodeEndpoint {
    .httpMJPEG(try NodeAddress("http://127.0.0.1:\(port)/stream"))
  }

  static func snapshot(_ port: Int) throws -> NodeEndpoint {
    .httpSnapshot(try NodeAddress("http://127.0.0.1:\(port)/picture"))
  }

  static let pictures = (0..<5).map { MultipartReaderTests.picture($0, count: 3000) }

  /// Runs a stream source against replies until it failed once.
  static func failure(
    _ bytes: [UInt8], _ ending: RawServer.Ending = .hold
  ) async throws -> LiveRun.Outcome {
    try await RawServer { _, _ in (bytes, ending) }.serve { port in
      await LiveRun.run([LiveRun.node(try mjpeg(port))], policy: LiveRun.policy([port])) {
        !$0.failures.isEmpty
      }
    }
  }

  @Test func aStreamIsReadAndReconnectedWhenItEnds() async throws {
    let parts = Self.pictures.flatMap { MultipartReaderTests.part($0) }
    let server = RawServer { _, _ in (Self.head() + parts, .close) }
    let outcome = try await server.serve { port in
      await LiveRun.run([LiveRun.node(try Self.mjpeg(port))], policy: LiveRun.policy([port])) {
        $0.frames.count >= 10
      }
    }
    #expect(outcome.frames.prefix(10).map(\.bytes) == Self.pictures + Self.pictures)
    #expect(outcome.frames.prefix(10).map(\.sequence) == Array(0..<10))
    #expect(outcome.failures.first == .ended)
    #expect(outcome.count { $0 == .connected } >= 2)
    #expect(server.heads.first?.lowercased().contains("host: 127.0.0.1") == true)
  }

  static let cases: [([UInt8], RawServer.Ending, NodeFailure.Code)] = [
    (head(status: "401 Unauthorized", more: "Content-Length: 0\r\n"), .close, .unauthorized),
    (head(status: "404 Not Found", more: "Content-Length: 0\r\n"), .close, .status),
    (head(status: "500 Internal Server Error", more: "Content-Length: 0\r\n"), .close, .status),
    (
      head(status: "302 Found", more: "Location: http://127.0.0.1:1/\r\nContent-Length: 0\r\n"), .close,
      .redirect
    ),
    (head("text/html"), .hold, .wrongContentType),
    (head("multipart/x-mixed-replace"), .hold, .wrongContentType),
    (head(), .hold, .stalled),
    (head() + MultipartReaderTests.part(pictures[0]).dropLast(500), .hold, .frameTimeout),
    (head() + Array("--frame--\r\n".utf8), .hold, .ended),
    (head() + MultipartReaderTests.part(pictures[0], length: 1 << 40), .hold, .frameTooLong),
    (Array("HTTP/1.1 200 OK\r\nContent-Type: ".utf8), .hold, .replyTimeout),
    ([], .hold, .replyTimeout),
    (Array("SSH-2.0-OpenSSH\r\n\r\n".utf8), .close, .notHTTP),
    (head(more: "Content-Length: 5\r\nContent-Length: 6\r\n"), .close, .notHTTP),
  ]

  @Test func everyKindOfBadReplyHasItsReasonAndEnds() async throws {
    for (number, (bytes, ending, code)) in Self.cases.enumerated() {
      // The time-outs run on the real clock; watching runs a hundred times as often as it would.
      let outcome = try await Self.failure(bytes, ending)
      #expect(outcome.failures.first == code, "case \(number)")
      #expect(outcome.frames.isEmpty)
    }
  }

  @Test func aCutPictureIsCountedAndNotHandedOn() async throws {
    let bytes =
      Self.head() + MultipartReaderTests.part(Self.pictures[0])
      + MultipartReaderTests.part(Self.pictures[1]).dropLast(100)
    let outcome = try await Self.failure(bytes, .close)
    #expect(outcome.frames.map(\.bytes) == [Self.pictures[0]])
    #expect(outcome.damages == [.damagedPicture])
  }

  @Test func nobodyListeningIsAFailedConnection() async throws {
    let port = try await RawServer { _, _ in ([], .close) }.serve { $0 }
    let outcome = await LiveRun.run([LiveRun.node(try Self.mjpeg(port))], policy: LiveRun.policy([port])) {
      $0.failures.count >= 3
    }
    #expect(Set(outcome.failures) == [.connectFailed])
  }

  @Test func anAddressOutsideThePolicyIsNeverConnectedTo() async throws {
    let server = RawServer { _, _ in (Self.head(), .close) }
    let outcome = try await server.serve { port in
      let named = NodeEndpoint.httpMJPEG(try NodeAddress("http://localhost:\(port)/"))
      let closed = AddressPolicy(
        schemes: ["http"], ports: [port], networks: ["10.0.0.0/8"].compactMap { AddressNetwork($0) })
      return await LiveRun.run(
        [LiveRun.node(try Self.mjpeg(port), id: "a"), LiveRun.node(named, id: "b")], policy: closed
      ) { outcome in
        Set(outcome.events.filter { if case .failed = $0.kind { true } else { false } }.map(\.nodeID)).count
          == 2
      }
    }
    #expect(Set(outcome.failures) == [.addressRefused])
    #expect(server.heads.isEmpty)
  }

  @Test func snapshotsAreAskedForWithTheLastValidators() async throws {
    let picture = Self.pictures[0]
    let server = RawServer { request, number in
      if request.contains("If-None-Match: \"7\"") {
        return (Array("HTTP/1.1 304 Not Modified\r\nETag: \"7\"\r\n\r\n".utf8), .hold)
      }
      let head =
        "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: \(picture.count)\r\nETag: \"7\"\r\n\r\n"
      return (Array(head.utf8) + picture, .hold)
    }
    let outcome = try await server.serve { port in
      await LiveRun.run([LiveRun.node(try Self.snapshot(port))], policy: LiveRun.policy([port])) {
        $0.unchanged >= 3
      }
    }
    #expect(outcome.frames.map(\.bytes) == [picture])
    #expect(outcome.failures.isEmpty)
    #expect(!server.heads[0].contains("If-None-Match"))
  }

  @Test func badSnapshotsHaveTheirReasons() async throws {
    let picture = Self.pictures[0]
    @Sendable func reply(_ length: Int, _ body: [UInt8], type: String = "image/jpeg") -> [UInt8] {
      Array("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\n\r\n".utf8) + body
    }
    let cases: [([UInt8], RawServer.Ending, NodeFailure.Code)] = [
      (reply(1 << 30, []), .hold, .frameTooLong),
      (reply(5, Array("hello".utf8), type: "text/plain"), .hold, .wrongContentType),
      (reply(picture.count + 10, picture), .hold, .frameTimeout), ([], .hold, .frameTimeout),
    ]
    for (number, (bytes, ending, code)) in cases.enumerated() {
      let outcome = try await RawServer { _, _ in (bytes, ending) }.serve { port in
        await LiveRun.run([LiveRun.node(try Self.snapshot(port))], policy: LiveRun.policy([port])) {
          !$0.failures.isEmpty
        }
      }
      #expect(outcome.failures.first == code, "case \(number)")
    }
    let cut = try await RawServer { _, _ in (reply(50, Array(picture.prefix(50))), .hold) }.serve { port in
      await LiveRun.run([LiveRun.node(try Self.snapshot(port))], policy: LiveRun.policy([port])) {
        $0.damages.count >= 2
      }
    }
    #expect(cut.frames.isEmpty && cut.failures.isEmpty)
  }

  @Test func credentialsAreNamedAndSent() async throws {
    let server = RawServer { _, _ in (Self.head(), .close) }
    _ = try await server.serve { port in
      var basic = LiveRun.node(try Self.mjpeg(port), id: "a")
      basic.credentials = .environment("CAMERA")
      var missing = LiveRun.node(try Self.mjpeg(port), id: "b")
      missing.credentials = .environment("ABSENT")
      let outcome = await LiveRun.run(
        [basic, missing], policy: LiveRun.policy([port]), environment: ["CAMERA": "user:secret word"]
      ) { $0.failures.contains(.ended) && $0.failures.contains(.secretUnavailable) }
      #expect(!"\(outcome.events)".contains("secret word"))
    }
    #expect(server.heads.allSatisfy { $0.contains("Authorization: Basic dXNlcjpzZWNyZXQgd29yZA==") })
  }

  @Test func oneNodeThatHangsDoesNotHoldUpAnother() async throws {
    let parts = Self.pictures.flatMap { MultipartReaderTests.part($0) }
    let server = RawServer { request, _ in
      request.contains("/hang") ? ([], .hold) : (Self.head() + parts, .close)
    }
    let outcome = try await server.serve { port in
      let hanging = NodeEndpoint.httpMJPEG(try NodeAddress("http://127.0.0.1:\(port)/hang"))
      let nodes =
        (0..<8).map { LiveRun.node(hanging, id: "h\($0)") } + [LiveRun.node(try Self.mjpeg(port), id: "a")]
      return await LiveRun.run(nodes, policy: LiveRun.policy([port])) { $0.frames.count >= 20 }
    }
    #expect(Set(outcome.frames.map(\.nodeID)) == ["a"])
  }
}

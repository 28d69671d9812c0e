import Ingest
import Testing

@Suite struct TokenBookTests {
  static func node(_ id: String, _ secret: SecretName?) -> LiveNode {
    LiveNode(id: id, unitName: id, endpoint: .push, credentials: secret, periodSeconds: 1)
  }

  static let book = TokenBook(
    nodes: [
      node("a", .environment("A")), node("b", .environment("A")), node("short", .environment("SHORT")),
      node("none", nil),
      node("absent", .environment("ABSENT")), node("line", .environment("LINE")),
    ],
    reporters: ["grid": .environment("GRID")],
    environment: [
      "A": "token-of-node-a-0123", "SHORT": "123456789012345", "GRID": "token-of-grid-workers",
      "LINE": "token-with\r\na line end",
    ])

  @Test func aTokenTellsItsSender() {
    #expect(Self.book.senders(authorization: "Bearer token-of-node-a-0123") == [.node("a"), .node("b")])
    #expect(Self.book.senders(authorization: "bearer token-of-grid-workers") == [.reporter("grid")])
  }

  @Test(arguments: [
    nil, "", "Bearer", "Bearer ", "Bearer token-of-node-a-012", "Bearer token-of-node-a-01234",
    "Bearer 123456789012345",
    "Basic token-of-node-a-0123", "token-of-node-a-0123", "Bearer token-of-node-A-0123",
    "Bearer  token-of-node-a-0123x",
  ])
  func nobodyElseIsKnown(_ field: String?) { #expect(Self.book.senders(authorization: field).isEmpty) }

  @Test func sendersWithoutAUsableTokenAreNamedWithoutIt() {
    #expect(
      Set(Self.book.unavailable.map(\.sender)) == [
        .node("short"), .node("none"), .node("absent"), .node("line"),
      ])
    for (_, reason) in Self.book.unavailable { #expect(!reason.contains("123456789012345")) }
  }
}

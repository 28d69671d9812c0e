import FlightLogs
import Ingest
import Testing

/// Signed MAVLink against a frame that pymavlink 2.4 signed.
@Suite struct MAVLinkKeyTests {
  /// HEARTBEAT from system 3, key 0, 1, 2 … 31, link 7, time 1000.
  private static let frame: [UInt8] = [
    0xFD, 0x09, 0x01, 0x00, 0x00, 0x03, 0x04, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x02, 0x03, 0x81,
    0x04,
    0x03, 0xE3, 0xB3, 0x07, 0xE8, 0x03, 0x00, 0x00, 0x00, 0x00, 0x99, 0x25, 0x4F, 0x2E, 0x41, 0x52,
  ]

  @Test func theRightKeyIsAskedFor() throws {
    let key = try #require(MAVLinkKey(Array(0..<32)))
    var receiver = MAVLinkReceiver(signatures: key.policy)
    #expect(receiver.feed(Self.frame).map(\.name) == ["HEARTBEAT"])
    let other = try #require(MAVLinkKey(Array(1...32)))
    var stranger = MAVLinkReceiver(signatures: other.policy)
    #expect(stranger.feed(Self.frame).isEmpty && stranger.counts.refusedSignatures == 1)
    #expect(MAVLinkKey([1, 2, 3]) == nil)
  }

  @Test func weSignAsOthersDo() throws {
    let key = try #require(MAVLinkKey(Array(0..<32)))
    var encoder = MAVLinkEncoder(
      systemID: 3, componentID: 4, signing: .init(linkID: 7, timestamp: 1000, digest: { key.digest($0) }))
    #expect(encoder.frame(0, [4, 0, 0, 0, 2, 3, 0x81, 4, 3]) == Self.frame)
  }
}

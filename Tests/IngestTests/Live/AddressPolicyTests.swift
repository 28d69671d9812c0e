import Ingest
import Testing

@Suite struct AddressPolicyTests {
  /// A policy as wide as somebody might write it.
  static let wide = AddressPolicy(
    schemes: ["http", "https", "rtsp"], ports: [80, 443, 554, 8080],
    networks: ["0.0.0.0/0", "::/0", "10.116.0.0/16", "fd12:3456::/32"].compactMap { AddressNetwork($0) })

  static func reason(_ text: String, _ policy: AddressPolicy = wide) -> AddressRefusal.Reason? {
    do throws(AddressRefusal) {
      try policy.check(NodeAddress(text))
      return nil
    } catch {
      return error.reason
    }
  }

  static let refused: [(String, AddressRefusal.Reason)] = [
    // Not an address at all.
    ("", .malformed), ("camera", .malformed), ("http:/10.116.0.1/", .malformed),
    ("http//10.116.0.1/", .malformed),
    ("//10.116.0.1/a", .malformed), ("http:10.116.0.1", .malformed), ("javascript:alert(1)", .malformed),
    ("data:image/jpeg;base64,AAAA", .malformed), ("exec:ffmpeg", .malformed), ("echo:x", .malformed),
    // Schemes.
    ("file:///etc/passwd", .scheme), ("exec://ffmpeg", .scheme), ("expr://1", .scheme),
    ("ftp://10.116.0.1/", .scheme),
    ("gopher://10.116.0.1/", .scheme), ("pipe://0", .scheme), ("concat://a", .scheme),
    ("unix:///run/x", .scheme),
    ("httpx://10.116.0.1/", .scheme), ("tcp://10.116.0.1:80", .scheme), ("://10.116.0.1/", .scheme),
    ("http+unix://10.116.0.1/", .scheme), ("rtsps://10.116.0.1:554/", .scheme),
    // Characters.
    ("http://10.116.0.1/a b", .forbiddenCharacter), ("http://10.116.0.1/\r\nHost: x", .forbiddenCharacter),
    ("http://10.116.0.1/\u{0}", .forbiddenCharacter), ("http://10.116.0.1/\t", .forbiddenCharacter),
    ("http://10.116.0.1\\@192.0.2.1/", .forbiddenCharacter), ("http://10.116.0.1/#a", .forbiddenCharacter),
    ("http://10.116.0.1/'x'", .forbiddenCharacter), ("http://10.116.0.1/`id`", .forbiddenCharacter),
    ("http://10.116.0.1/|sh", .forbiddenCharacter), ("http://１0.116.0.1/", .forbiddenCharacter),
    ("http://camera。lan/", .forbiddenCharacter), (" http://10.116.0.1/", .forbiddenCharacter),
    ("http://10.116.0.1/\u{7F}", .forbiddenCharacter), ("http://摄像机.lan/", .forbiddenCharacter),
    // Users.
    ("http://admin:12345@10.116.0.1/", .credentials), ("rtsp://admin@10.116.0.1/", .credentials),
    ("http://10.116.0.1@192.0.2.1/", .credentials), ("http://@10.116.0.1/", .credentials),
    ("http://10.116.0.1:80@192.0.2.1/", .credentials), ("http://a:b@c@10.116.0.1/", .credentials),
    // Ports.
    ("http://10.116.0.1:22/", .port), ("http://10.116.0.1:0/", .port), ("http://10.116.0.1:65536/", .port),
    ("http://10.116.0.1:080/", .port), ("http://10.116.0.1:-1/", .port), ("http://10.116.0.1:/", .port),
    ("http://10.116.0.1:80:80/", .port), ("http://10.116.0.1:0x50/", .port),
    ("http://10.116.0.1:6379/", .port),
    ("rtsp://10.116.0.1:8554/", .port),
    // Hosts in other spellings: decimal, octal, hexadecimal, short, padded.
    ("http://2130706433/", .host), ("http://0x7f000001/", .host), ("http://0177.0.0.1/", .host),
    ("http://127.1/", .host), ("http://127.0.1/", .host), ("http://0x7f.0.0.1/", .host),
    ("http://017700000001/", .host), ("http://10.116.0.01/", .host), ("http://10.116.0.256/", .host),
    ("http://10.116.0.1.2/", .host), ("http://10.116.0.1./", .host), ("http:///path", .host),
    ("http://?x", .host),
    ("http://%31%30.116.0.1/", .host), ("http://[10.116.0.1]/", .host), ("http://[::1/", .host),
    ("http://[fe80::1%25eth0]/", .host), ("http://[::1]x/", .host), ("http://[1::2::3]/", .host),
    ("http://[12345::1]/", .host), ("http://-camera.lan/", .host), ("http://camera-.lan/", .host),
    ("http://camera..lan/", .host), ("http://.camera.lan/", .host), ("http://cam_era.lan/", .host),
    ("http://camera.lan.7f/", .host), ("http://camera*.lan/", .host),
    // Never a camera.
    ("http://0.0.0.0/", .neverAllowed), ("http://169.254.169.254/latest/meta-data", .neverAllowed),
    ("http://169.254.0.1/", .neverAllowed), ("http://100.100.100.200/latest", .neverAllowed),
    ("http://224.0.0.1/", .neverAllowed), ("http://239.255.255.250/", .neverAllowed),
    ("http://255.255.255.255/", .neverAllowed), ("http://240.0.0.1/", .neverAllowed),
    ("http://192.0.0.192/", .neverAllowed), ("http://[::]/", .neverAllowed),
    ("http://[fe80::1]/", .neverAllowed),
    ("http://[ff02::1]/", .neverAllowed), ("http://[fec0::1]/", .neverAllowed),
    ("http://[::ffff:127.0.0.1]/", .neverAllowed), ("http://[::ffff:10.116.0.1]/", .neverAllowed),
    ("http://[::ffff:a9fe:a9fe]/", .neverAllowed), ("http://[::127.0.0.1]/", .neverAllowed),
    ("http://[64:ff9b::7f00:1]/", .neverAllowed), ("http://[2002:7f00:1::]/", .neverAllowed),
    ("http://[2001:0:7f00:1::]/", .neverAllowed), ("http://[fd00:ec2::254]/", .neverAllowed),
    ("http://[0:0:0:0:0:ffff:7f00:1]/", .neverAllowed),
    // Special ranges that no network of the policy lies within.
    ("http://127.0.0.1/", .network), ("http://127.255.0.1/", .network), ("http://[::1]/", .network),
    ("http://10.117.0.1/", .network), ("http://172.16.0.1/", .network), ("http://192.168.1.1/", .network),
    ("http://100.64.0.1/", .network), ("http://198.18.0.1/", .network), ("http://[fd99::1]/", .network),
    ("http://192.0.2.1/", .network), ("http://[2001:db8::1]/", .network),
  ]

  @Test func atLeastSixtyCasesAreRefusedEachForItsReason() {
    #expect(Self.refused.count >= 60)
    for (text, reason) in Self.refused { #expect(Self.reason(text) == reason, "\(text.debugDescription)") }
  }

  @Test(arguments: [
    "http://10.116.0.1/", "http://10.116.255.255:8080/a?b=c&d=e", "HTTP://10.116.3.4", "rtsp://10.116.0.9/s1",
    "https://camera-7.street.lan/picture.jpg", "http://8.8.4.4/", "http://[fd12:3456::7]:8080/x",
    "http://[2a00:1450::1]/", "http://10.116.0.1?x=1", "http://x/",
  ])
  func usualAddressesPass(_ text: String) { #expect(Self.reason(text) == nil) }

  @Test func theLoopbackIsOpenedByANetworkOfItsOwnOnly() throws {
    let policy = AddressPolicy(
      schemes: ["http"], ports: [8600], networks: [try #require(AddressNetwork("127.0.0.1/32"))])
    #expect(Self.reason("http://127.0.0.1:8600/", policy) == nil)
    #expect(Self.reason("http://127.0.0.2:8600/", policy) == .network)
    #expect(Self.reason("http://[::ffff:127.0.0.1]:8600/", policy) == .neverAllowed)
    #expect(Self.reason("http://[::1]:8600/", policy) == .network)
    let six = AddressPolicy(schemes: ["http"], ports: [80], networks: [try #require(AddressNetwork("::1"))])
    #expect(Self.reason("http://[::1]/", six) == nil)
  }

  @Test func aClosedPolicyAllowsNothing() {
    #expect(Self.reason("http://10.116.0.1/", .closed) == .scheme)
  }

  @Test func anAddressIsPutTogetherWithoutWhatItDidNotHave() throws {
    let address = try NodeAddress("HTTP://Camera-7.LAN?x=1")
    #expect(address.text == "http://camera-7.lan:80/?x=1")
    #expect(address.origin == "http://camera-7.lan:80")
    #expect(try NodeAddress("rtsp://[FD12::7]/a").text == "rtsp://[fd12:0:0:0:0:0:0:7]:554/a")
  }

  @Test(arguments: [
    ("10.116.0.0/16", "10.116.255.1", true), ("10.116.0.0/16", "10.117.0.1", false),
    ("10.116.0.0/15", "10.117.0.1", true), ("0.0.0.0/0", "255.0.0.1", true), ("0.0.0.0/0", "::1", false),
    ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1/32", "10.0.0.2", false), ("fd12::/17", "fd12:7fff::", true),
    ("fd12::/17", "fd12:8000::", false), ("192.168.128.0/25", "192.168.128.127", true),
    ("192.168.128.0/25", "192.168.128.128", false),
  ])
  func networksContain(_ network: String, _ address: String, _ isInside: Bool) throws {
    let found = try #require(AddressNetwork(network)).contains(try #require(IPAddress(address)))
    #expect(found == isInside)
  }

  @Test(arguments: [
    "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10/8", "", "::/129", "a/8", "1.2.3.4/8/8",
  ])
  func brokenNetworksAreNone(_ text: String) { #expect(AddressNetwork(text) == nil) }
}

internal import NIOCore
internal import NIOPosix

/// Finds the address that a connection is going to, once, and has it judged: what was judged is what is connected to.
struct NameLookup: Sendable {
  let policy: AddressPolicy

  /// The address of a node's host, allowed by the policy.
  ///
  /// - Throws: `NodeFailure` where the policy refuses, or the name is unknown.
  func address(of endpoint: NodeAddress) async throws(NodeFailure) -> IPAddress {
    do throws(AddressRefusal) { try policy.check(endpoint) } catch { throw Self.failure(error) }
    switch endpoint.host {
    case .address(let address): return address
    case .name(let name):
      let found: String?
      do {
        // getaddrinfo blocks: on a thread that may wait.
        found = try await NIOThreadPool.singleton.runIfActive {
          try SocketAddress.makeAddressResolvingHost(name, port: endpoint.port).ipAddress
        }
      } catch {
        throw NodeFailure(.nameUnknown, "the name \(name) leads to no address")
      }
      guard let address = found.flatMap({ IPAddress($0) }) else {
        throw NodeFailure(.nameUnknown, "the name \(name) leads to no usual address")
      }
      do throws(AddressRefusal) { try policy.check(address) } catch { throw Self.failure(error) }
      return address
    }
  }

  private static func failure(_ refusal: AddressRefusal) -> NodeFailure {
    NodeFailure(.addressRefused, "\(refusal.reason.rawValue): \(refusal.detail)")
  }
}

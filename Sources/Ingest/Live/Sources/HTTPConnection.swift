internal import AsyncHTTPClient
internal import Foundation
internal import InspectionModel
internal import NIOCore
internal import NIOHTTP1

/// A client for one node's endpoint, bound to the address that was judged.
struct HTTPConnection: Sendable {
  let client: HTTPClient
  let request: HTTPClient.Request
  let loop: any EventLoop
  let limits: SourceLimits
  let periodSeconds: Double

  /// Looks the name up, has the address judged, reads the secret and makes a client that can go nowhere else.
  ///
  /// - Throws: `NodeFailure`.
  init(
    _ endpoint: NodeAddress, of node: LiveNode, sources: LiveSources, loop: any EventLoop
  ) async throws(NodeFailure) {
    let address = try await NameLookup(policy: sources.policy).address(of: endpoint)
    var headers = HTTPHeaders([("User-Agent", "jinxun"), ("Accept", "image/jpeg, multipart/x-mixed-replace")])
    if let credentials = node.credentials {
      do throws(SecretName.Unavailable) {
        let secret = try credentials.read(environment: sources.environment)
        headers.add(name: "Authorization", value: Self.authorization(secret))
      } catch {
        throw NodeFailure(.secretUnavailable, error.description)
      }
    }
    do {
      request = try HTTPClient.Request(url: endpoint.text, headers: headers)
    } catch {
      throw NodeFailure(.addressRefused, "the client does not take the address")
    }
    client = HTTPClient(
      eventLoopGroup: loop,
      configuration: Self.configuration(endpoint, address: address, limits: sources.limits))
    self.loop = loop
    limits = sources.limits
    periodSeconds = node.periodSeconds
  }

  /// Runs work with the client and closes every connection after it, whatever happened.
  static func with<Result: Sendable>(
    _ endpoint: NodeAddress, of node: LiveNode, sources: LiveSources, loop: any EventLoop,
    _ work: (HTTPConnection) async throws -> Result
  ) async throws -> Result {
    let connection = try await HTTPConnection(endpoint, of: node, sources: sources, loop: loop)
    do {
      let result = try await work(connection)
      try await connection.client.shutdown()
      return result
    } catch {
      // Closing tells of the same end again, if of anything.
      try? await connection.client.shutdown()
      throw error
    }
  }

  /// Executes a request whose delegate takes the reply in; a cancelled task closes the connection.
  func execute<Delegate: HTTPClientResponseDelegate>(
    _ request: HTTPClient.Request, _ delegate: Delegate, deadlineSeconds: Double? = nil
  ) async throws -> Delegate.Response {
    let deadline = deadlineSeconds.map { NIODeadline.now() + .nanoseconds(Int64($0 * 1e9)) }
    let task = client.execute(
      request: request, delegate: delegate, eventLoop: .delegateAndChannel(on: loop), deadline: deadline)
    return try await withTaskCancellationHandler {
      try await task.get()
    } onCancel: {
      task.cancel()
    }
  }

  private static func authorization(_ secret: String) -> String {
    secret.contains(":") ? "Basic \(Data(secret.utf8).base64EncodedString())" : "Bearer \(secret)"
  }

  private static func configuration(
    _ endpoint: NodeAddress, address: IPAddress, limits: SourceLimits
  ) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.decompression = .disabled
    configuration.timeout.connect = .nanoseconds(Int64(limits.connectSeconds * 1e9))
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
    if case .name(let name) = endpoint.host {
      // No second look-up that might answer otherwise; TLS still asks for the name.
      configuration.dnsOverride = [name: "\(address)"]
    }
    return configuration
  }
}

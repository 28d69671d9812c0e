internal import Crypto
internal import Foundation

/// Who may send what, by bearer token: only the tokens' hashes are kept.
package struct TokenBook: Sendable {
  /// A sender.
  package enum Sender: Sendable, Hashable {
    case node(String)
    case reporter(String)
  }

  /// Shorter tokens could be guessed.
  package static let minimumTokenBytes = 16

  private var hashes: [(sender: Sender, hash: [UInt8])] = []
  /// Senders whose token cannot be had, with the reason; they are refused like strangers.
  package private(set) var unavailable: [(sender: Sender, reason: String)] = []

  /// Reads every sender's token.
  package init(nodes: [LiveNode], reporters: [String: SecretName], environment: [String: String]) {
    for node in nodes where node.endpoint == .push {
      add(.node(node.id), node.credentials, environment)
    }
    for (name, secret) in reporters.sorted(by: { $0.key < $1.key }) {
      add(.reporter(name), secret, environment)
    }
  }

  private mutating func add(_ sender: Sender, _ secret: SecretName?, _ environment: [String: String]) {
    guard let secret else { return unavailable.append((sender, "no token is named")) }
    do throws(SecretName.Unavailable) {
      let token = try secret.read(environment: environment)
      guard token.utf8.count >= Self.minimumTokenBytes else {
        return unavailable.append(
          (sender, "\(secret): a token has at least \(Self.minimumTokenBytes) characters"))
      }
      hashes.append((sender, Self.hash(token)))
    } catch {
      unavailable.append((sender, error.description))
    }
  }

  /// Whose token an `Authorization` field shows (a gateway may have one for several nodes); takes the same time whoever's
  /// it is and wherever it differs.
  package func senders(authorization: String?) -> Set<Sender> {
    guard let authorization, authorization.utf8.count <= 8192 else { return [] }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return [] }
    let shown = Self.hash(String(parts[1]))
    var found: Set<Sender> = []
    for (sender, hash) in hashes {
      var difference: UInt8 = 0
      for (left, right) in zip(shown, hash) { difference |= left ^ right }
      if difference == 0 { found.insert(sender) }
    }
    return found
  }

  private static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Data(token.utf8))) }
}

internal import CHazardNetwork
package import PixelKernels
internal import Synchronization

extension HazardNetwork {
  /// The networks that come with the program.
  package enum Embedded: Sendable, Hashable, CaseIterable {
    /// Over decoded pictures.
    case full
    /// Over coarse planes.
    case firstLook
  }

  private struct Key: Hashable {
    var network: Embedded
    var tier: KernelTier
  }

  /// Networks that were read: reading and packing take a while, and the weights are large.
  private static let known = Mutex<[Key: HazardNetwork]>([:])

  /// A network that came with the program.
  ///
  /// - Precondition: the program was built with sound files, which a test makes sure of.
  package static func embedded(_ network: Embedded = .full, tier: KernelTier) -> HazardNetwork {
    known.withLock { known in
      let key = Key(network: network, tier: tier)
      if let network = known[key] { return network }
      let file = network == .full ? JINXUN_NETWORK_FULL : JINXUN_NETWORK_FIRST_LOOK
      let bytes = (0..<jinxun_network_size(file)).map { jinxun_network_byte(file, $0) }
      do throws(NetworkFileError) {
        let network = try HazardNetwork(bytes, tier: tier)
        known[key] = network
        return network
      } catch {
        preconditionFailure("the embedded networks are sound: \(error)")
      }
    }
  }
}

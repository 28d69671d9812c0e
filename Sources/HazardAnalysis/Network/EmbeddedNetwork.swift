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
      let size = jinxun_network_size(file)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(size + 8)
      // A call for each byte would take longer than reading the network.
      for index in 0..<(size + 7) / 8 {
        let word = jinxun_network_word(file, index)
        for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word &>> (8 * byte))) }
      }
      bytes.removeLast(bytes.count - size)
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

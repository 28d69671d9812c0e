import Foundation
import Glibc
import InspectionStore
import TestSupport

/// The evidence folder where no file may grow beyond 64 KiB, as on a disk that is full.
enum FullDisk {
  static func run() throws -> Bool {
    let folder = try TemporaryFolder()
    let evidence = EvidenceFolder(path: folder.file("e").path)
    let (small, big) = (Data(repeating: 1, count: 1000), Data(repeating: 2, count: 1 << 20))
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: 64 << 10, rlim_max: .max)
    guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { return false }
    var code: StoreError.Code?
    do {
      try evidence.keep(big, sha256: EvidenceFolder.sha256(of: big))
    } catch let error as StoreError {
      code = error.code
    }
    try evidence.keep(small, sha256: EvidenceFolder.sha256(of: small))
    let files = FileManager.default.enumerator(atPath: evidence.path)?.compactMap { $0 as? String } ?? []
    let parts = files.filter { $0.hasSuffix(".part") }
    let isRefused = try evidence.bytes(sha256: EvidenceFolder.sha256(of: big)) == nil
    let isKept = try evidence.bytes(sha256: EvidenceFolder.sha256(of: small)) == small
    Console.say(
      "full disk: code \(code?.rawValue ?? "none"), picture absent \(isRefused), remains \(parts.count), "
        + "small picture kept \(isKept)")
    return code == .diskFull && isRefused && parts.isEmpty && isKept
  }
}

import Foundation
import InspectionModel
import InspectionStore
import TestSupport
import Testing

@Suite struct EvidenceAndBackupTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aPictureComesBackByItsHash() throws {
    let evidence = EvidenceFolder(path: folder.file("e").path)
    let bytes = Data("picture".utf8)
    let sha256 = EvidenceFolder.sha256(of: bytes)
    #expect(sha256 == "2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97")
    try evidence.keep(bytes, sha256: sha256)
    try evidence.keep(bytes, sha256: sha256)
    #expect(try evidence.bytes(sha256: sha256) == bytes)
    #expect(try evidence.hashes() == [sha256])
    #expect(try evidence.bytes(sha256: String(repeating: "0", count: 64)) == nil)
  }

  @Test func aChangedPictureIsNotEvidence() throws {
    let evidence = EvidenceFolder(path: folder.file("e").path)
    let sha256 = EvidenceFolder.sha256(of: Data("picture".utf8))
    try evidence.keep(Data("picture".utf8), sha256: sha256)
    try Data("forged".utf8).write(to: evidence.file(sha256))
    #expect(throws: StoreError.self) { try evidence.bytes(sha256: sha256) }
  }

  @Test func backupAndRestoreKeepStoreAndEvidence() async throws {
    let store = try InspectionStore(path: folder.file("a.sqlite").path)
    let observation = Samples.observation(key: "a")
    let bytes = Data("picture".utf8)
    let sha256 = EvidenceFolder.sha256(of: bytes)
    try store.evidence.keep(bytes, sha256: sha256)
    _ = try await store.record(frames: [], observations: [observation], faults: [], of: observation.witness)
    _ = try await store.record(
      frames: [], observations: [], faults: [],
      evidence: [KeptEvidence(sha256: sha256, byteCount: bytes.count, name: "p.jpg")],
      of: Witness(kind: .air, source: "flight-1"))
    let backup = folder.file("backup")
    try store.backUp(to: backup)
    #expect(throws: StoreError.self) { try store.backUp(to: backup) }
    let restored = folder.file("b.sqlite").path
    try InspectionStore.restore(from: backup, to: restored)
    let copy = try InspectionStore.existing(path: restored)
    #expect(try await copy.snapshot().observations == [observation])
    #expect(try copy.evidence.bytes(sha256: sha256) == bytes)
    #expect(throws: StoreError.self) { try InspectionStore.restore(from: backup, to: restored) }
  }

  @Test func aBackupWithAMissingPictureIsRefused() async throws {
    let store = try InspectionStore(path: folder.file("a.sqlite").path)
    let sha256 = EvidenceFolder.sha256(of: Data("picture".utf8))
    _ = try await store.record(
      frames: [], observations: [], faults: [],
      evidence: [KeptEvidence(sha256: sha256, byteCount: 7, name: "p.jpg")],
      of: Witness(kind: .air, source: "flight-1"))
    try store.backUp(to: folder.file("backup"))
    #expect(throws: StoreError.self) {
      try InspectionStore.restore(from: folder.file("backup"), to: folder.file("b.sqlite").path)
    }
  }
}

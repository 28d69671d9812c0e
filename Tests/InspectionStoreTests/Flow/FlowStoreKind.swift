import InspectionStore
import TestSupport
import Testing

/// Every store that has to keep the contract of the durable flow. A new one is a new case.
enum FlowStoreKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case memory, sqlite

  func flow(_ clock: ManualClock = ManualClock()) async throws -> any FlowUnderTest {
    switch self {
    case .memory: MemoryFlowUnderTest(clock: clock)
    case .sqlite: try await StoredFlowUnderTest(clock: clock, folder: try TemporaryFolder())
    }
  }

  var testDescription: String { rawValue }
}

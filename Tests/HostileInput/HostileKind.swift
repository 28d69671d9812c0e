import TestSupport

/// The readers of bytes from outside, by what they read.
enum HostileKind: String, CaseIterable {
  case jpeg, coarse, png, logs, layers

  func makeInputs(seed: UInt64) throws -> any HostileInputs {
    switch self {
    case .jpeg: try JPEGInputs(seed: seed)
    case .coarse: try CoarseInputs(seed: seed)
    case .png: try PNGInputs(seed: seed)
    case .logs: LogInputs()
    case .layers: LayerInputs()
    }
  }
}

/// Makes the inputs of one kind and feeds them to their reader.
protocol HostileInputs {
  /// The next damaged input.
  func input(_ generator: inout SeededGenerator) -> [UInt8]

  /// Reads an input; the outcome is a word for counting.
  ///
  /// - Throws: `BrokenPromise` where the reader answers with something that it must not answer.
  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String
}

/// A reader's answer contradicts its documentation.
struct BrokenPromise: Error {
  let text: String

  init(_ text: String) { self.text = text }
}

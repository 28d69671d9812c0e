/// Keys that were met, by the step in which they were taken, so that those of old steps can be forgotten.
struct StepKeys: Sendable {
  private var all: Set<String> = []
  private var ofStep: [Int64: [String]] = [:]

  var count: Int { all.count }

  /// Whether a key is new.
  mutating func insert(_ key: String, step: Int64) -> Bool {
    guard all.insert(key).inserted else { return false }
    ofStep[step, default: []].append(key)
    return true
  }

  /// Forgets the keys of all steps before one.
  mutating func forget(before step: Int64) {
    for old in ofStep.keys where old < step {
      all.subtract(ofStep.removeValue(forKey: old) ?? [])
    }
  }
}

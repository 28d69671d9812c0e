internal import InspectionModel

/// Makes a state that begins once and ends once of judgements that come with the frames and may be wrong for a
/// moment.
struct SustainedState: Sendable {
  /// For how long the judgement must hold before the state begins, and be gone before it ends.
  let beginMilliseconds: Int
  let endMilliseconds: Int
  private(set) var isOn = false
  /// When the judgements began that led to the state; `nil` while it is off.
  private(set) var since: Timestamp?
  /// Since when judgements have spoken against the state.
  private var contradicted: Timestamp?

  init(beginMilliseconds: Int, endMilliseconds: Int) {
    self.beginMilliseconds = beginMilliseconds
    self.endMilliseconds = endMilliseconds
  }

  /// Forgets what spoke against the state: for a while nothing can be judged.
  mutating func hold() { contradicted = nil }

  /// Takes the judgement of the next frame. A state without delay changes with it.
  mutating func update(_ holds: Bool, at time: Timestamp) {
    guard holds != isOn else { return contradicted = nil }
    let start = contradicted ?? time
    contradicted = start
    guard time.milliseconds(since: start) >= (isOn ? endMilliseconds : beginMilliseconds) else { return }
    isOn = holds
    since = holds ? start : nil
    contradicted = nil
  }
}

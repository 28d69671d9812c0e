/// What to feed, how much of it, and what counts as failure.
struct HostileOptions {
  var kinds = HostileKind.allCases
  var count = 100_000
  var seed: UInt64 = 1
  /// Index of the first input.
  var first = 0
  /// Longest time for one input.
  var limitSeconds = 1.0
  /// Most memory above that at the start.
  var limitMegabytes = 256
  /// Where inputs are written to, to look at them.
  var folder: String?

  static let usage = """
    usage: HostileInput [--kind jpeg|coarse|png|logs|layers|all] [--count N] [--seed S] [--first N]
                        [--seconds LIMIT] [--megabytes LIMIT] [--save FOLDER]
    """

  /// `nil` where an argument is not understood.
  init?(_ arguments: some Sequence<String>) {
    var words = Array(arguments)[...]
    while let name = words.popFirst() {
      guard let value = words.popFirst() else { return nil }
      switch name {
      case "--kind":
        guard let kind = HostileKind(rawValue: value) else {
          guard value == "all" else { return nil }
          continue
        }
        kinds = [kind]
      case "--count":
        guard let number = Int(value), number > 0 else { return nil }
        count = number
      case "--seed":
        guard let number = UInt64(value) else { return nil }
        seed = number
      case "--first":
        guard let number = Int(value), number >= 0 else { return nil }
        first = number
      case "--seconds":
        guard let number = Double(value), number > 0 else { return nil }
        limitSeconds = number
      case "--megabytes":
        guard let number = Int(value), number > 0 else { return nil }
        limitMegabytes = number
      case "--save": folder = value
      default: return nil
      }
    }
  }
}

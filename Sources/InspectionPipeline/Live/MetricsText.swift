/// Metrics as Prometheus reads them (text format 0.0.4).
struct MetricsText {
  private(set) var text = ""

  /// One metric with all its samples.
  mutating func add(
    _ name: String, _ type: String, help: String, _ samples: [(labels: [(String, String)], value: Double)]
  ) {
    guard !samples.isEmpty else { return }
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    for sample in samples { line(name, sample.labels, sample.value) }
  }

  /// A histogram of each stage.
  mutating func add(_ name: String, help: String, _ times: [StageTimes.Stage: StageTimes.Counts]) {
    guard !times.isEmpty else { return }
    text += "# HELP \(name) \(help)\n# TYPE \(name) histogram\n"
    for (stage, counts) in times.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      var sum = 0
      // One bound an octave is enough to read.
      for (index, count) in counts.buckets.enumerated() {
        sum += count
        guard index.isMultiple(of: 4), index < StageTimes.boundsSeconds.count else { continue }
        line(
          "\(name)_bucket", [("stage", stage.rawValue), ("le", "\(StageTimes.boundsSeconds[index])")],
          Double(sum))
      }
      line("\(name)_bucket", [("stage", stage.rawValue), ("le", "+Inf")], Double(counts.count))
      line("\(name)_sum", [("stage", stage.rawValue)], counts.sumSeconds)
      line("\(name)_count", [("stage", stage.rawValue)], Double(counts.count))
    }
  }

  private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
    let shown = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    text += labels.isEmpty ? "\(name) \(number)\n" : "\(name){\(shown)} \(number)\n"
  }

  private static func escaped(_ label: String) -> String {
    var escaped = ""
    for character in label {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}

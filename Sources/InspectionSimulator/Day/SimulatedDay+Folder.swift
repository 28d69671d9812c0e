package import Foundation

extension SimulatedDay {
  /// Writes `observations.jsonl` (in the order of arrival), `looks.jsonl` and `truth.json` into a folder that is
  /// made, or is empty.
  package func write(to folder: URL) throws(SimulationWritingError) {
    let output = try OutputFolder(folder)
    try output.write("observations.jsonl") { write throws(SimulationWritingError) in
      for index in arrivals { try write(line(of: observations[index])) }
    }
    try output.write("looks.jsonl") { write throws(SimulationWritingError) in
      for look in looks { try write(line(of: look)) }
    }
    try output.write("truth.json") { write throws(SimulationWritingError) in try truthPieces(write) }
  }
}

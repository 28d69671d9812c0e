/// An order of connected elements in which neighbours stand close together (Cuthill and McKee 1969,
/// reversed).
package enum ElementOrder {
  /// - Parameter neighbours: by element; both ways round.
  /// - Returns: the elements, each once, deterministic.
  package static func reverseCuthillMcKee(_ neighbours: [[Int]]) -> [Int] {
    var order: [Int] = []
    var isPlaced = [Bool](repeating: false, count: neighbours.count)
    func rank(_ element: Int) -> (Int, Int) { (neighbours[element].count, element) }
    for seed in neighbours.indices.sorted(by: { rank($0) < rank($1) }) where !isPlaced[seed] {
      let start = peripheral(from: seed, neighbours)
      isPlaced[start] = true
      var next = order.count
      order.append(start)
      while next < order.count {
        let fresh = neighbours[order[next]].filter { !isPlaced[$0] }.sorted { rank($0) < rank($1) }
        for element in fresh where !isPlaced[element] {
          isPlaced[element] = true
          order.append(element)
        }
        next += 1
      }
    }
    return order.reversed()
  }

  /// An element at the far end, seen from the far end of `seed` (George and Liu's pseudo-peripheral node).
  private static func peripheral(from seed: Int, _ neighbours: [[Int]]) -> Int {
    var (start, depth) = (seed, -1)
    while true {
      let levels = distances(from: start, neighbours)
      let farthest = levels.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
      guard let farthest, farthest.value > depth else { return start }
      (start, depth) = (farthest.key, farthest.value)
    }
  }

  private static func distances(from start: Int, _ neighbours: [[Int]]) -> [Int: Int] {
    var distances = [start: 0]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let element = queue[next]
      next += 1
      for neighbour in neighbours[element] where distances[neighbour] == nil {
        distances[neighbour] = distances[element]! + 1
        queue.append(neighbour)
      }
    }
    return distances
  }
}

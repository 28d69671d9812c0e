internal import InspectionModel

/// Who looks on a simulated day.
struct DayWitnesses: Sendable {
  private(set) var all: [DayWitness] = []
  /// Indices of the flights and of the cameras around each centre.
  private(set) var flights: [[Int]]
  private(set) var nodes: [[Int]]
  private var personCount = 0

  init(plan: DayPlan) {
    var random = SimulatorRandom(seed: plan.seed, stream: .dayWitnesses)
    flights = Array(repeating: [], count: plan.centers.count)
    nodes = flights
    let weight = plan.centers.reduce(0) { $0 + $1.weight }
    let (flightCount, nodeCount) = (max(120, plan.hazardCount / 4), max(68, plan.hazardCount / 6))
    for (index, center) in plan.centers.enumerated() {
      let share = center.weight / weight
      for _ in 0..<max(2, Int(share * Double(flightCount))) { addFlight(center: index, &random) }
      for _ in 0..<max(1, Int(share * Double(nodeCount))) {
        nodes[index].append(all.count)
        all.append(
          DayWitness(
            witness: Witness(kind: .ground, source: "node-\(padded(all.count + 1, 4))"), center: index,
            milliseconds: 0..<86_400_000, bias: random.normalPair(), sigmaMeters: 0))
      }
    }
  }

  /// A person, who reports once.
  mutating func addPerson(center: Int, _ random: inout SimulatorRandom) -> Int {
    personCount += 1
    all.append(
      DayWitness(
        witness: Witness(kind: .person, source: "reporter-\(padded(personCount, 6))"), center: center,
        milliseconds: 0..<86_400_000, bias: (0, 0), sigmaMeters: random.between(10, 30)))
    return all.count - 1
  }

  /// A flight of half an hour or so; three of four in daylight.
  private mutating func addFlight(center: Int, _ random: inout SimulatorRandom) {
    let hours = random.unit() < 0.75 ? (7.0, 18.5) : (0.0, 23.2)
    let begin = Int(random.between(hours.0, hours.1) * 3_600_000)
    let end = begin + Int(random.between(22, 38) * 60_000)
    flights[center].append(all.count)
    all.append(
      DayWitness(
        witness: Witness(kind: .air, source: "flight-\(padded(all.count + 1, 4))"), center: center,
        milliseconds: begin..<end, bias: random.normalPair(), sigmaMeters: random.between(3.3, 7.3),
        batchMilliseconds: end + Int(random.between(0.5, 38) * 60_000)))
  }
}

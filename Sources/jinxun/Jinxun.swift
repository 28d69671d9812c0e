internal import ArgumentParser

/// The command line: 津巡, inspection of a city district from recorded flights and live nodes.
@main
struct Jinxun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jinxun",
    abstract: "Finds hazards in flights and camera pictures and turns them into work orders.",
    subcommands: [Locate.self, Telemetry.self])
}

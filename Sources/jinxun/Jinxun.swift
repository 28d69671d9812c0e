internal import ArgumentParser
internal import InspectionPipeline

/// The command line: 津巡, inspection of a city district from recorded flights and live nodes.
@main
struct Jinxun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jinxun",
    abstract: "Finds hazards in flights and camera pictures and turns them into work orders.",
    discussion: """
      津巡：对航拍与固定摄像机画面进行隐患识别、定位、归并、立案与报告。

      Example: jinxun process flights/degan --out report
      """,
    version: ProgramVersion.current,
    subcommands: [
      Process.self, Import.self, Export.self, Cases.self, Digest.self, Report.self, Replay.self, Score.self,
      Evaluate.self, Locate.self, Telemetry.self, FlightCommand.self, Simulate.self, Check.self, Watch.self,
      Stream.self,
      Bench.self,
      Backup.self, Restore.self,
    ])
}

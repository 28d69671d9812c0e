internal import NIOCore
internal import NIOPosix
internal import Subprocess

extension NodeSource {
  /// Reads an RTSP stream through `ffmpeg`, which decodes the video and writes pictures into a pipe; always throws. The
  /// child process is told to end, and killed a second later, when the task is cancelled or the stream is given up.
  func rtsp(_ endpoint: NodeAddress, _ feed: NodeFeed) async throws {
    let address = try await NameLookup(policy: sources.policy).address(of: endpoint)
    let command = try DecoderCommand(
      endpoint, address: address, node: node, sources: sources)
    let list = try await NIOThreadPool.singleton.runIfActive { try PrivateFile(command.list) }
    defer { list.remove() }
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
    let intake = StreamIntake(feed: feed, limits: sources.limits, clock: sources.clock)
    defer { intake.end() }
    do {
      let result = try await Subprocess.run(
        .name(DecoderCommand.program), arguments: Arguments(command.arguments(list: list.path)),
        environment: .custom(command.environment), platformOptions: options,
        input: .none, output: .sequence, error: .discarded
      ) { execution in
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            var isBegun = false
            for try await piece in execution.standardOutput {
              if !isBegun { try intake.begin(boundary: DecoderCommand.boundary) }
              isBegun = true
              var buffer = ByteBuffer()
              buffer.writeBytes(piece.bytes)
              try intake.take(buffer)
            }
          }
          group.addTask { try await intake.watchOver() }
          defer { group.cancelAll() }
          _ = try await group.next()
        }
      }
      throw NodeFailure(.decoderFailed, "ffmpeg ended: \(result.terminationStatus)")
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw NodeFailure(
        .decoderMissing, "RTSP needs the program ffmpeg: install the Debian package 'ffmpeg'")
    } catch let error as SubprocessError {
      throw NodeFailure(.decoderFailed, "ffmpeg: \(error.code)")
    }
  }
}

internal import UnixSignals

/// A signal that asks the program to stop.
enum StopSignal: Sendable {
  case interrupt
  case terminate

  /// 128 and the signal's number, as shells do.
  var exitCode: Int32 {
    switch self {
    case .interrupt: 130
    case .terminate: 143
    }
  }
}

/// Runs work that a SIGINT or SIGTERM cancels; waits for its orderly end either way.
///
/// - Returns: the work's result, and the signal that came before its end.
func untilSignal<Result: Sendable>(
  _ work: @Sendable @escaping () async throws -> Result
) async throws -> (result: Result, signal: StopSignal?) {
  try await withThrowingTaskGroup(of: RunEvent<Result>.self) { group in
    group.addTask { .done(try await work()) }
    group.addTask {
      for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
        return .signal(signal == .sigint ? .interrupt : .terminate)
      }
      return .signal(nil)
    }
    var signal: StopSignal?
    while let event = try await group.next() {
      switch event {
      case .done(let result):
        group.cancelAll()
        return (result, signal)
      case .signal(let caught):
        signal = caught
        group.cancelAll()
      }
    }
    throw CancellationError()
  }
}

/// What ends the waiting for a run.
private enum RunEvent<Result: Sendable>: Sendable {
  case done(Result)
  case signal(StopSignal?)
}

internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionPipeline
internal import PixelKernels

/// Which pipeline a command works by.
struct PipelineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Pipeline file; default: recorded-flight.yaml in $JINXUN_PIPELINES, beside the program, or built in.",
      valueName: "file"))
  var pipeline: String?

  /// Reads and checks the pipeline; a file that cannot be used ends the command with code 2.
  func load() throws -> ValidatedPipeline {
    do throws(DefinitionError) {
      return try locator.load()
    } catch {
      throw CommandFailure(error.description)
    }
  }

  /// The same for a live pipeline.
  func loadLive() throws -> ValidatedLivePipeline {
    do throws(DefinitionError) {
      return try locator.loadLive()
    } catch {
      throw CommandFailure(error.description)
    }
  }

  /// Every setting of the pipeline, whichever kind it is.
  func settingsText() throws -> String {
    do throws(DefinitionError) {
      return try locator.namesLivePipeline() ? locator.loadLive().settingsText : locator.load().settingsText
    } catch {
      throw CommandFailure(error.description)
    }
  }

  private var locator: PipelineLocator {
    PipelineLocator(
      named: pipeline, environment: ProcessInfo.processInfo.environment,
      programFolder: Bundle.main.executableURL?.deletingLastPathComponent())
  }
}

extension Language: ExpressibleByArgument {}

/// A command that could not do its work: one plain line on stderr, exit code 2.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Runs a command's work and turns what stops it into its line on stderr and its exit code.
func reportingFailures<Result>(_ work: () async throws -> Result) async throws -> Result {
  do {
    return try await work()
  } catch let exit as ExitCode {
    throw exit
  } catch let error as ValidationError {
    throw error
  } catch {
    Standard.error("jinxun: \(error)")
    throw ExitCode(2)
  }
}

/// Reads a time of the command line.
func instant(_ text: String?, option: String, zone: UTCOffset) throws -> Timestamp? {
  guard let text else { return nil }
  guard let instant = Timestamp(iso8601: text, assuming: zone) else {
    throw ValidationError(
      "\(option): expected a time such as 2026-11-24T08:00:00+08:00, found \"\(text)\"")
  }
  return instant
}

/// The kernel tier that the environment asks for, or the best one.
func chosenTier() throws -> KernelTier {
  do throws(KernelTierError) {
    return try KernelTier.chosen(in: ProcessInfo.processInfo.environment)
  } catch {
    throw CommandFailure(error.description)
  }
}

/// The machine's clock.
func wallClock() -> Timestamp {
  Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()))
}

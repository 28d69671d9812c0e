internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Ingest
internal import InspectionModel
internal import InspectionStore
internal import Logging
internal import NIOCore
internal import Synchronization

/// Health and metrics over HTTP: `GET /healthz`, `/readyz`, `/metrics`.
extension LiveRun {
  func serveOperations(_ pipeline: ValidatedLivePipeline) async throws {
    guard let settings = pipeline.definition.operations else { return }
    let router = Router()
    router.get("healthz") { _, _ in self.health }
    router.get("readyz") { _, _ in self.readiness }
    router.get("metrics") { _, _ async throws in
      Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: .init(byteBuffer: .init(string: try await self.metrics())))
    }
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    try await Application(
      router: router,
      configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: "jinxun"),
      onServerRunning: { [logger] channel in
        logger.info(
          "health and metrics are served",
          metadata: ["host": "\(settings.host)", "port": "\(channel.localAddress?.port ?? 0)"])
      },
      logger: quiet
    ).run()
  }

  /// Alive: the process answers. What waits for the store is bounded.
  private var health: Response { Self.answer(.ok, "ok") }

  /// Ready: frames are let in, and the store takes what is found.
  private var readiness: Response {
    let (isReady, mayKeep) = facts.withLock { ($0.isReady, $0.mayKeepEvidence) }
    guard isReady else { return Self.answer(.serviceUnavailable, "not running") }
    guard !desk.intake.isFull else {
      return Self.answer(.serviceUnavailable, "the store does not take observations")
    }
    return Self.answer(
      .ok, mayKeep ? "ready" : "ready; new evidence is not kept: the disk is below its floor")
  }

  private static func answer(_ status: HTTPResponse.Status, _ words: String) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: .init(string: words + "\n")))
  }

  func metrics() async throws -> String {
    var text = MetricsText()
    addFrames(&text)
    addStates(&text)
    let intake = desk.intake.counts
    func one(_ name: String, _ type: String, _ help: String, _ value: Double) {
      text.add(name, type, help: help, [([], value)])
    }
    let waiting = inlet.waiting
    let looks = desk.waitingLooks
    let counts = desk.counts
    one("jinxun_inlet_frames", "gauge", "Frames that wait for the coarse level.", Double(waiting.frames))
    one("jinxun_inlet_bytes", "gauge", "Their encoded bytes.", Double(waiting.bytes))
    one("jinxun_full_looks_waiting", "gauge", "Frames that wait for a full look.", Double(looks.count))
    one("jinxun_first_looks_total", "counter", "Looks of the small network.", Double(counts.firstLooks))
    text.add(
      "jinxun_full_looks_total", "counter", help: "Frames that were decoded and scored, by why.",
      counts.fullLooksByWish.sorted { $0.key < $1.key }.map { ([("wish", $0.key)], Double($0.value)) })
    one("jinxun_observations_total", "counter", "Observations added to the store.", Double(intake.recorded))
    one("jinxun_sightings_waiting", "gauge", "Sightings that are not durable yet.", Double(intake.waiting))
    one(
      "jinxun_store_failures_total", "counter", "Writes that failed and are tried again.",
      Double(intake.failures))
    one(
      "jinxun_observations_unsettled", "gauge", "Durable observations that are not fused yet.",
      Double(try await store.pendingObservationCount()))
    let (free, settlementFailures) = facts.withLock { ($0.freeDiskBytes, $0.settlementFailures) }
    one("jinxun_settlement_failures_total", "counter", "Settlements that failed.", Double(settlementFailures))
    one("jinxun_disk_free_bytes", "gauge", "Free bytes of the store's disk.", Double(free))
    one("jinxun_resident_peak_bytes", "gauge", "The most memory so far.", Self.peakMegabytes * 1_048_576)
    text.add("jinxun_stage_seconds", help: "How long stages take.", desk.times.all)
    return text.text
  }

  private func addFrames(_ text: inout MetricsText) {
    let frames = inlet.counts.sorted { $0.key < $1.key }
    let counts = desk.counts
    text.add(
      "jinxun_frames_received_total", "counter", help: "Whole pictures that came, by node.",
      frames.map { ([("node", $0.key)], Double($0.value.offered)) })
    text.add(
      "jinxun_frames_dropped_total", "counter", help: "Pictures dropped at the entrance, by node and reason.",
      frames.flatMap { node, counts in
        counts.dropped.sorted { $0.key < $1.key }.map {
          ([("node", node), ("reason", $0.key.rawValue)], Double($0.value))
        }
      })
    text.add(
      "jinxun_frames_analysed_total", "counter", help: "Pictures that the coarse level looked at, by node.",
      counts.looked.sorted { $0.key < $1.key }.map { ([("node", $0.key)], Double($0.value)) })
    text.add(
      "jinxun_frames_unreadable_total", "counter", help: "Pictures that cannot be read, by node and code.",
      counts.unreadable.sorted { $0.key < $1.key }.flatMap { node, codes in
        codes.sorted { $0.key < $1.key }.map { ([("node", node), ("code", $0.key)], Double($0.value)) }
      })
  }

  private func addStates(_ text: inout MetricsText) {
    text.add(
      "jinxun_node_state", "gauge", help: "1 for the state that a node is in.",
      desk.watch.conditions.sorted { $0.key < $1.key }.map {
        ([("node", $0.key), ("state", $0.value.state.rawValue), ("reason", $0.value.reason)], 1)
      })
    text.add(
      "jinxun_node_failures_total", "counter", help: "Failures of a node's source, by code.",
      desk.watch.failures.sorted { $0.key < $1.key }.flatMap { node, codes in
        codes.sorted { $0.key < $1.key }.map { ([("node", node), ("code", $0.key)], Double($0.value)) }
      })
  }
}

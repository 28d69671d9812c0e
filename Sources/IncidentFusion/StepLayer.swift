/// What one step made of the incidents that were open before.
struct StepLayer: Sendable {
  /// Those that are new or changed and can take further sightings.
  var open: ClusterIndex
  /// Those whose gap passed during the step, by identifier.
  var closed: [String: Cluster] = [:]
  /// Identifiers that are open no more: closed, or one with another incident.
  var gone: Set<String> = []

  /// All that differs from before.
  var touched: Set<String> { gone.union(open.clusters.keys) }
}

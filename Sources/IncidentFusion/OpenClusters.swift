import InspectionModel

/// Incidents that are open before a step: those that final steps left, overlaid by what live steps made of them.
struct OpenClusters: Sendable {
  let base: ClusterIndex
  /// From the oldest to the newest.
  let layers: [StepLayer]

  subscript(id: String) -> Cluster? {
    for layer in layers.reversed() {
      if let cluster = layer.open[id] { return cluster }
      if layer.gone.contains(id) { return nil }
    }
    return base[id]
  }

  var all: [Cluster] {
    var ids = Set(base.clusters.keys)
    for layer in layers { ids.formUnion(layer.open.clusters.keys) }
    return ids.compactMap { self[$0] }
  }

  /// Those that may lie within reach of a disc, in order of their first sighting.
  func near(_ disc: PlaceIndex.Disc) -> [Cluster] {
    collected { index, visit in index.search(disc, visit: visit) }
  }

  func seen(by witness: Witness) -> [Cluster] {
    collected { index, visit in index.seen(by: witness).forEach(visit) }
  }

  func lastSeen(before time: Timestamp) -> [Cluster] {
    collected { index, visit in index.search(lastSeenBefore: time, visit: visit) }
  }

  private func collected(_ search: (ClusterIndex, (String) -> Void) -> Void) -> [Cluster] {
    var ids: Set<String> = []
    search(base) { ids.insert($0) }
    for layer in layers { search(layer.open) { ids.insert($0) } }
    return ids.compactMap { self[$0] }.sorted(by: Cluster.precedes)
  }
}

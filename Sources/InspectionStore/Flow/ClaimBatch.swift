/// Claims that one call of `claim` handed out, each once.
struct ClaimBatch {
  let queue: String
  let token: Int64
  private(set) var claims: [FlowClaim] = []
  private(set) var positions: Set<Int64> = []

  /// Claims by queue and token, in the order in which these come up.
  static func batches(of claims: [FlowClaim]) -> [ClaimBatch] {
    var batches: [ClaimBatch] = []
    for claim in claims {
      let index = batches.firstIndex { $0.queue == claim.queue && $0.token == claim.token } ?? batches.count
      if index == batches.count { batches.append(ClaimBatch(queue: claim.queue, token: claim.token)) }
      if batches[index].positions.insert(claim.position).inserted { batches[index].claims.append(claim) }
    }
    return batches
  }
}

/// Where and for whom pushed pictures and people's reports are taken in.
package struct InletServerSettings: Sendable, Hashable {
  /// An address of this machine; 127.0.0.1 unless told otherwise.
  package var host: String
  /// 0 for any free one.
  package var port: Int
  /// Who may report, by a name that is kept with the report, and where the token is.
  package var reporters: [String: SecretName]
  package var maximumPictureBytes: Int
  package var maximumReportBytes: Int
  /// Requests that are read at the same time; more are told 503.
  package var maximumConcurrentRequests: Int
  /// From a request's head to its last byte.
  package var requestSeconds: Double
  package var retryAfterSeconds: Int

  package init(
    host: String = "127.0.0.1", port: Int, reporters: [String: SecretName] = [:],
    maximumPictureBytes: Int = 8 << 20, maximumReportBytes: Int = 12 << 20,
    maximumConcurrentRequests: Int = 64, requestSeconds: Double = 10, retryAfterSeconds: Int = 2
  ) {
    self.host = host
    self.port = port
    self.reporters = reporters
    self.maximumPictureBytes = maximumPictureBytes
    self.maximumReportBytes = maximumReportBytes
    self.maximumConcurrentRequests = maximumConcurrentRequests
    self.requestSeconds = requestSeconds
    self.retryAfterSeconds = retryAfterSeconds
  }
}

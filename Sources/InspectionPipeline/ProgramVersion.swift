/// The version of this program, as every output states it.
package enum ProgramVersion {
  package static let current = "0.1.0"
}

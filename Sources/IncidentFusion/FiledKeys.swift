/// What some filings say, for spots that hold the same sightings: under which names they are now.
struct FiledKeys {
  private(set) var nameOfKey: [String: String] = [:]
  /// New names of names that are no more.
  private(set) var nameOfName: [String: String] = [:]

  init(_ filings: some Sequence<Filing>) {
    for filing in filings {
      for key in filing.keys { nameOfKey[key] = filing.name }
      for name in filing.formerNames { nameOfName[name] = filing.name }
    }
  }
}

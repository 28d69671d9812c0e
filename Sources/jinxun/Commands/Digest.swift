internal import ArgumentParser
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore
internal import WorkOrders

/// `jinxun digest`: what the tiers are told.
struct Digest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the notices that wait, and the digests of the hours that are over.",
    discussion: """
      Every tier takes so many notices an hour (governance file); emergencies pass always; the rest is grouped by \
      class and town when the hour is over. Each notice and digest is printed once; digests stay in the store.

      Examples:
        jinxun digest --store district.sqlite
        jinxun digest --store district.sqlite --from 2026-11-24 --to 2026-11-25 --language en
      """)

  @OptionGroup var options: CaseOptions
  @Option(help: ArgumentHelp("Prints the digests of a time again, from here …", valueName: "time"))
  var from: String?
  @Option(help: ArgumentHelp("… to here.", valueName: "time"))
  var to: String?

  func run() async throws {
    try await options.open { store, pipeline, now, office in
      let zone = pipeline.governance.calendar.zone
      if from != nil || to != nil {
        let begin = try instant(from, option: "--from", zone: zone) ?? Timestamp(nanoseconds: 0)
        let end = try instant(to, option: "--to", zone: zone) ?? now
        let digests = try await store.alarmDigests(as: AlarmDigest.self, from: begin, to: end)
        for digest in digests { print(digest, zone) }
        return
      }
      try await office.handOutNotices { notice in
        let town = notice.town.map { options.language == .zh ? $0.nameZh : $0.nameEn } ?? "-"
        Standard.output(
          "\(notice.time.iso8601(in: zone).prefix(16))  \(notice.tier.name(in: options.language))  "
            + "\(options.language == .zh ? notice.nameZh : notice.nameEn)  \(town)  \(notice.caseNumber)  "
            + notice.reason.text(in: options.language))
      }
      for digest in try await office.takeDigests(at: now) { print(digest, zone) }
    }
  }

  private func print(_ digest: AlarmDigest, _ zone: UTCOffset) {
    let zh = options.language == .zh
    let hour = digest.hourStart.iso8601(in: zone).prefix(13)
    Standard.output(
      zh
        ? "\(hour) 时  \(digest.tier.name(in: .zh))  汇总 \(digest.noticeCount) 条"
        : "\(hour)h  \(digest.tier.name(in: .en))  \(digest.noticeCount) notices in a digest")
    for group in digest.groups {
      let town = group.town.map { zh ? $0.nameZh : $0.nameEn } ?? "-"
      let count = zh ? "\(group.caseNumbers.count) 件" : "\(group.caseNumbers.count) cases"
      Standard.output(
        "  \(zh ? group.nameZh : group.nameEn)  \(town)  \(count)  "
          + "\(group.worst.name(in: options.language))  \(group.caseNumbers.joined(separator: " "))")
    }
  }
}

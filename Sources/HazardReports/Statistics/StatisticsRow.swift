package import InspectionModel

/// The figures of one member of a group, or of all.
package struct StatisticsRow: Sendable, Hashable {
  /// Key of the class, code of the town, identifier of the department, word of the tier; empty for none and for all.
  package var key: String
  package var nameZh: String
  package var nameEn: String
  package var figures: CaseFigures
  package var alarmsDelivered: StatisticsFigure
  package var alarmsDigested: StatisticsFigure
  package var perSquareKilometer: StatisticsFigure
  package var perHourWatched: StatisticsFigure

  /// Name for people, in the given language.
  package func name(in language: Language) -> String { language == .zh ? nameZh : nameEn }
}

package import InspectionModel

/// Why a figure is missing.
package enum StatisticsGap: String, Sendable, Hashable, CaseIterable {
  case nothingDue, nothingClosed, nothingEstablished, neverSeen, neverClosed
  case alarmsNotCounted, alarmsNotCountedHere, hoursNotCounted, hoursNotCountedHere, noHours, areaUnknown

  /// The reason in the given language.
  package func text(in language: Language) -> String {
    switch (self, language) {
    case (.nothingDue, .zh): "期内没有到期案件"
    case (.nothingDue, .en): "nothing was due in the period"
    case (.nothingClosed, .zh): "期内没有结案"
    case (.nothingClosed, .en): "nothing was closed in the period"
    case (.nothingEstablished, .zh): "期内没有立案"
    case (.nothingEstablished, .en): "no case was established in the period"
    case (.neverSeen, .zh): "没有发现时间的记录"
    case (.neverSeen, .en): "no time of a first sight is on record"
    case (.neverClosed, .zh): "期内没有结案，无用时"
    case (.neverClosed, .en): "nothing was closed, so there is no time to close"
    case (.alarmsNotCounted, .zh): "没有提醒计数"
    case (.alarmsNotCounted, .en): "notices were not counted"
    case (.alarmsNotCountedHere, .zh): "提醒不按此分组计数"
    case (.alarmsNotCountedHere, .en): "notices are not counted by this group"
    case (.hoursNotCounted, .zh): "没有观看时长记录"
    case (.hoursNotCounted, .en): "hours watched are not on record"
    case (.hoursNotCountedHere, .zh): "观看时长不按镇街记录"
    case (.hoursNotCountedHere, .en): "hours watched are not recorded by town"
    case (.noHours, .zh): "期内没有来源在此观看"
    case (.noHours, .en): "no source watched here in the period"
    case (.areaUnknown, .zh): "面积未知"
    case (.areaUnknown, .en): "the area is not known"
    }
  }
}

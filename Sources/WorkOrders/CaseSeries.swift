import InspectionModel

/// A run of case numbers: one per division, local day and source letter. Serials count from 1 within it; whoever
/// keeps the cases hands them out, so that none is given twice.
package struct CaseSeries: Sendable, Hashable {
  /// Six digits.
  package let divisionCode: String
  /// Local day of establishment.
  package let day: CalendarDay
  /// `N` node, `U` drone, `P` person, `H` hotline, `S` superior tier.
  package let letter: Character

  package init(divisionCode: String, day: CalendarDay, letter: Character) {
    self.divisionCode = divisionCode
    self.day = day
    self.letter = letter
  }

  /// What all numbers of the series begin with: `500116-20261123-U-`.
  package var prefix: String { "\(divisionCode)-\(day.compactText)-\(letter)-" }

  /// `500116-20261123-U-000042`.
  ///
  /// - Precondition: the serial lies in 1…999,999.
  package func caseNumber(serial: Int) -> String {
    precondition((1...999_999).contains(serial), "a daily serial has six digits and begins at 1")
    return prefix + padded(serial, 6)
  }
}

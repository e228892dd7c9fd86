/// A day of the Gregorian calendar and a time of that day, in universal time without leap seconds.
///
/// Days are counted by the algorithm of Hinnant (2021), which holds for all years.
public struct CalendarDate: Hashable, Sendable {
  /// The year; zero is the year before the first.
  public var year: Int
  /// From 1 to 12.
  public var month: Int
  /// From 1 to 31.
  public var day: Int
  /// Seconds since midnight.
  public var seconds: Double

  /// A day and a time of day.
  public init(year: Int, month: Int = 1, day: Int = 1, seconds: Double = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.seconds = seconds
  }

  /// The date so many seconds after the beginning of 1970.
  public init(secondsSince1970: Double) {
    let days = (secondsSince1970 / 86400).rounded(.down)
    seconds = secondsSince1970 - days * 86400
    let shifted = Int(min(max(days, -1e12), 1e12)) + 719468
    let era = shifted >= 0 ? shifted / 146097 : (shifted - 146096) / 146097
    let dayOfEra = shifted - era * 146097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Seconds after the beginning of 1970; negative before.
  public var secondsSince1970: Double {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear >= 0 ? shiftedYear / 400 : (shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Double(era * 146097 + dayOfEra - 719468) * 86400 + seconds
  }

  /// Year, month and day, and the time if it is not midnight: `2023-05-01 14:30`.
  public var text: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let minutes = Int(seconds) / 60
    let time = seconds > 0 ? " \(two(minutes / 60)):\(two(minutes % 60))" : ""
    return "\(year)-\(two(month))-\(two(day))\(time)"
  }

  /// Reads `2023-05-01`, `2023-05` and `2023-05-01 14:30` or `2023-05-01T14:30:05`; nil for other texts.
  public init?(parsing text: String) {
    let parts = text.split(maxSplits: 1) { $0 == " " || $0 == "T" }
    let days = (parts.first ?? "").split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (2...3).contains(days.count), let year = days[0], let month = days[1], (1...12).contains(month),
      text.first?.isNumber == true
    else { return nil }
    let day = days.count > 2 ? days[2] ?? 0 : 1
    guard (1...31).contains(day) else { return nil }
    var seconds = 0.0
    if parts.count > 1 {
      let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false).map { Double($0) ?? -1 }
      guard (2...3).contains(clock.count), clock.allSatisfy({ $0 >= 0 && $0 < 60 }), clock[0] < 24 else {
        return nil
      }
      seconds = clock[0] * 3600 + clock[1] * 60 + (clock.count > 2 ? clock[2] : 0)
    }
    self.init(year: year, month: month, day: day, seconds: seconds)
    // The 30th of February is none.
    guard CalendarDate(secondsSince1970: secondsSince1970).day == day else { return nil }
  }
}

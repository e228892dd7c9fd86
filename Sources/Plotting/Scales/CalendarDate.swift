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
}

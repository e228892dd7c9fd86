/// Dates of ISO 8601 as numbers: the days since the first of January 1970, fractions for the time of day.
enum CSVDate {
  /// The days of `2024-01-31`, `2024-01-31T12:30`, `2024-01-31 12:30:00.5Z`; nil for any other text.
  static func days(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = number(text, 0..<4), let month = number(text, 5..<7), let day = number(text, 8..<10),
      (1...12).contains(month), day >= 1, day <= length(of: month, in: year)
    else { return nil }
    let days = Double(days(year: year, month: month, day: day))
    guard text.count > 10 else { return days }
    return secondsOfDay(text).map { days + $0 / 86400 }
  }

  /// The seconds of the time behind a date.
  private static func secondsOfDay(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard text.count >= 16, text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "),
      text[13] == UInt8(ascii: ":"), let hour = number(text, 11..<13), let minute = number(text, 14..<16),
      hour < 24, minute < 60
    else { return nil }
    let end = text[text.count - 1] == UInt8(ascii: "Z") ? text.count - 1 : text.count
    var seconds = Double(hour * 3600 + minute * 60)
    guard end > 16 else { return seconds }
    guard end >= 19, text[16] == UInt8(ascii: ":"), let whole = number(text, 17..<19), whole < 61 else {
      return nil
    }
    seconds += Double(whole)
    guard end > 19 else { return seconds }
    guard text[19] == UInt8(ascii: "."), end > 20, end <= 29, let fraction = number(text, 20..<end) else {
      return nil
    }
    return seconds + Double(fraction) / (0..<(end - 20)).reduce(1.0) { value, _ in value * 10 }
  }

  private static func number(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      guard text[index] &- 48 < 10 else { return nil }
      value = value * 10 + Int(text[index] - 48)
    }
    return value
  }

  private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func length(of month: Int, in year: Int) -> Int {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days by eras of 400 years that begin in March.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = (month <= 2 ? year - 1 : year) + 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let (era, yearOfEra) = shifted.quotientAndRemainder(dividingBy: 400)
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468 - 146_097
  }

  /// The date of a number of days, as in `2024-01-31`, and the time if it is not midnight.
  static func text(_ days: Double) -> String {
    guard days.isFinite, abs(days) < 3_000_000 else { return "\(days)" }
    let shifted = Int(days.rounded(.down)) + 719_468 + 146_097
    let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 - 400 + (month <= 2 ? 1 : 0)
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(width - text.count, 0)) + text
    }
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    let seconds = Int(((days - days.rounded(.down)) * 86400).rounded())
    guard seconds > 0 else { return date }
    return date + "T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
  }
}

/// Moments as texts of tables and journals, in universal time.
enum StoredTime {
  /// A moment, in seconds since 1970, as `2026-03-01 12:00:00.000000`.
  static func text(_ seconds: Double, separator: String = " ") -> String {
    let limit = 200_000_000_000.0
    let clamped = min(max(seconds.isNaN ? 0 : seconds, -limit / 4), limit)
    let microseconds = Int((clamped * 1e6).rounded())
    let (day, rest) = quotient(microseconds, 86_400_000_000)
    let (year, month, date) = calendar(day)
    let second = rest / 1_000_000
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))\(separator)"
      + "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
      + ".\(padded(rest % 1_000_000, 6))"
  }

  /// The moment of such a text, in seconds since 1970; nil if it is none.
  ///
  /// A difference from universal time, as in `+02:00`, is taken into account.
  static func seconds(_ text: String) -> Double? {
    var numbers: [Int] = []
    var sign = 1
    var fraction = ""
    var digits = ""
    var isFraction = false
    func close() -> Bool {
      if isFraction {
        fraction = digits
      } else {
        guard let number = Int(digits), digits.count <= 4 else { return false }
        numbers.append(number)
      }
      digits = ""
      return true
    }
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard close() else { return nil }
      if character == "Z" { break }
      guard "-T :.+".contains(character) else { return nil }
      isFraction = character == "."
      if numbers.count >= 6, character == "-" { sign = -1 }
    }
    if !digits.isEmpty, !close() { return nil }
    guard numbers.count == 6 || numbers.count == 8, (1...12).contains(numbers[1]),
      (1...31).contains(numbers[2]), fraction.count <= 9, fraction.isEmpty || Int(fraction) != nil
    else { return nil }
    let offset = numbers.count == 8 ? sign * (numbers[6] * 3600 + numbers[7] * 60) : 0
    let whole =
      days(numbers[0], numbers[1], numbers[2]) * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    let part = fraction.isEmpty ? 0 : (Double("0." + fraction) ?? 0)
    return Double(whole - offset) + part
  }

  /// The days from the first of 1970 to a date; years begin in March here, so that the leap day comes last.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = quotient(shifted, 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date that is so many days after the first of 1970.
  private static func calendar(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = quotient(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func quotient(_ number: Int, _ divisor: Int) -> (Int, Int) {
    let rest = (number % divisor + divisor) % divisor
    return ((number - rest) / divisor, rest)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = "\(number)"
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

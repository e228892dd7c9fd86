/// Checks of addresses.
enum AddressText {
  /// A fragment with its percent signs decoded.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        place += 3
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What is wrong with an address, if anything.
  static func problem(in bytes: [UInt8], _ range: Range<Int>) -> String? {
    var hasFragment = false
    for place in range {
      let byte = bytes[place]
      if byte > 127 || byte.isLetter || byte.isDigit { continue }
      switch byte {
      case 0...32, .quote, .less, .greater, UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"),
        UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"), 127:
        return "“\(Character(Unicode.Scalar(byte)))” may not stand in an address"
      case UInt8(ascii: "%"):
        let isEncoded =
          place + 2 < range.upperBound && bytes[place + 1].isHexDigit && bytes[place + 2].isHexDigit
        if !isEncoded { return "a % is not followed by two digits" }
      case UInt8(ascii: "#"):
        // Character references such as &#39; are no fragments.
        if place > range.lowerBound, bytes[place - 1] == .ampersand { continue }
        if hasFragment { return "it has two fragments" }
        hasFragment = true
      default: break
      }
    }
    return nil
  }
}

/// Checks of dates and times.
enum TimeText {
  /// Whether a text is a month, date, time, zone, week, year or duration as HTML writes them.
  static func isValid(_ text: String) -> Bool {
    let text = text.trimmed
    if isDate(text) || isTime(text[...]) || isZone(text[...]) || isDuration(text) { return true }
    guard let separator = text.firstIndex(where: { $0 == "T" || $0 == " " }) else { return false }
    guard isDate(String(text[..<separator])), text[..<separator].split(separator: "-").count == 3 else {
      return false
    }
    return isZonedTime(text[text.index(after: separator)...])
  }

  static func isZonedTime(_ text: Substring) -> Bool {
    if isTime(text) { return true }
    guard let sign = text.firstIndex(where: { $0 == "Z" || $0 == "+" || $0 == "-" }) else { return false }
    return isTime(text[..<sign]) && isZone(text[sign...])
  }

  static func number(_ text: Substring, digits: Int) -> Int? {
    text.utf8.count == digits && text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
  }

  /// Whether a text is a date, month, year, week or a day of a year.
  static func isDate(_ text: String) -> Bool {
    var parts = text.split(separator: "-", omittingEmptySubsequences: false)
    // A day of any year.
    if parts.count == 2, let month = number(parts[0], digits: 2) {
      guard let day = number(parts[1], digits: 2) else { return false }
      return isDay(day, month: month, year: 2000)
    }
    guard let first = parts.first, first.utf8.count >= 4, first.utf8.allSatisfy(\.isDigit),
      let year = Int(first),
      year > 0
    else { return false }
    parts.removeFirst()
    guard let second = parts.first else { return true }
    if second.hasPrefix("W"), parts.count == 1 {
      guard let week = number(second.dropFirst(), digits: 2) else { return false }
      return (1...53).contains(week)
    }
    guard let month = number(second, digits: 2), (1...12).contains(month) else { return false }
    if parts.count == 1 { return true }
    guard parts.count == 2, let day = number(parts[1], digits: 2) else { return false }
    return isDay(day, month: month, year: year)
  }

  static func isDay(_ day: Int, month: Int, year: Int) -> Bool {
    guard (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  static func isTime(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = number(parts[0], digits: 2), hour < 24,
      let minute = number(parts[1], digits: 2), minute < 60
    else { return false }
    guard parts.count == 3 else { return true }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard let second = number(seconds[0], digits: 2), second < 60, seconds.count <= 2 else { return false }
    return seconds.count == 1 || ((1...3).contains(seconds[1].count) && seconds[1].utf8.allSatisfy(\.isDigit))
  }

  static func isZone(_ text: Substring) -> Bool {
    if text == "Z" { return true }
    guard let sign = text.first, sign == "+" || sign == "-" else { return false }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard let number = number(digits[...], digits: 4) else { return false }
    return number / 100 < 24 && number % 100 < 60
  }

  static func isDuration(_ text: String) -> Bool {
    guard text.hasPrefix("P"), text.utf8.count > 2, text.last != "T" else { return false }
    var units = Array("DTHMS")
    var digits = 0
    for character in text.dropFirst() {
      if character.isASCII, character.isNumber || character == "." {
        digits += 1
        continue
      }
      guard let place = units.firstIndex(of: character), (digits > 0) == (character != "T") else {
        return false
      }
      units.removeFirst(place + 1)
      digits = 0
    }
    return digits == 0
  }
}

extension String {
  /// The text without white space around it.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

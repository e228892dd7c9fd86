/// Dates and times: values are seconds after the beginning of 1970, marks are round units of the calendar.
public struct TimeScale: Scale {
  /// The values at the two ends.
  public let domain: ClosedRange<Double>
  private let linear: LinearScale

  /// An axis between two times.
  public init(domain: ClosedRange<Double>) {
    self.domain = domain
    linear = LinearScale(domain: domain)
  }

  /// An axis for times with room at both ends.
  init(for values: [Double], limits: ClosedRange<Double>?) {
    let shown = values.filter { $0.magnitude < 1e13 }
    self.init(domain: LinearScale(for: shown, limits: limits, includesZero: false).domain)
  }

  /// What alternative texts say.
  public var wayInWords: String? { "in time" }
  /// The place of a value, from 0 to 1; nil if it has none.
  public func fraction(of value: Double) -> Double? { linear.fraction(of: value) }
  /// The value at a place.
  public func value(at fraction: Double) -> Double { linear.value(at: fraction) }

  /// Round years, months, days, hours, minutes or seconds.
  public func ticks(about count: Int) -> Ticks {
    let span = domain.upperBound - domain.lowerBound
    guard span < 1e13 else { return .none }
    for unit in Unit.all where span / unit.seconds <= Double(count + 2) {
      let values = places(unit)
      guard values.count <= count + 1 else { continue }
      guard values.count >= 2 else { break }
      return Ticks(major: values.map { .init(value: $0, label: unit.label($0)) }, minor: [])
    }
    if span < 2 { return linear.ticks(about: count) }
    // Years without a unit that is large enough: round numbers of them.
    let first = CalendarDate(secondsSince1970: domain.lowerBound)
    let last = CalendarDate(secondsSince1970: domain.upperBound)
    let years = LinearScale(
      domain: Double(first.year)...Double(max(last.year, first.year + 1)), isWhole: true)
    let marks = years.ticks(about: count).major.compactMap { tick -> Ticks.Tick? in
      let value = CalendarDate(year: Int(tick.value)).secondsSince1970
      return domain.contains(value) ? .init(value: value, label: "\(Int(tick.value))") : nil
    }
    return Ticks(major: marks, minor: [])
  }

  private func places(_ unit: Unit) -> [Double] {
    var value = unit.start(domain.lowerBound)
    var result: [Double] = []
    while value <= domain.upperBound, result.count < 100 {
      if value >= domain.lowerBound { result.append(value) }
      let next = unit.next(value)
      guard next > value else { break }
      value = next
    }
    return result
  }
}

/// A step between marks on an axis of time.
private struct Unit: Sendable {
  enum Kind: Sendable {
    case seconds, days, months, years
  }

  let kind: Kind
  /// How many of the kind.
  let count: Int
  /// How much is written.
  let style: Style

  enum Style: Sendable {
    case second, minute, day, month, year
  }

  /// The length in seconds, of months and years the mean.
  var seconds: Double {
    switch kind {
    case .seconds: Double(count)
    case .days: Double(count) * 86400
    case .months: Double(count) * 2_629_746
    case .years: Double(count) * 31_556_952
    }
  }

  /// From short to long.
  static let all: [Unit] =
    [1, 5, 10, 30].map { Unit(kind: .seconds, count: $0, style: .second) }
    + [60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600].map {
      Unit(kind: .seconds, count: $0, style: .minute)
    }
    + [1, 2, 7].map { Unit(kind: .days, count: $0, style: .day) }
    + [1, 3, 6].map { Unit(kind: .months, count: $0, style: .month) }
    + [1, 2, 5, 10, 20, 50, 100, 200, 500].map { Unit(kind: .years, count: $0, style: .year) }

  /// The last mark before a value.
  func start(_ value: Double) -> Double {
    let date = CalendarDate(secondsSince1970: value)
    switch kind {
    case .seconds: return (value / seconds).rounded(.down) * seconds
    // Weeks begin on Mondays; 1970 began on a Thursday.
    case .days where count == 7: return ((value + 3 * 86400) / seconds).rounded(.down) * seconds - 3 * 86400
    case .days: return (value / seconds).rounded(.down) * seconds
    case .months:
      return CalendarDate(year: date.year, month: (date.month - 1) / count * count + 1).secondsSince1970
    case .years:
      let rest = ((date.year % count) + count) % count
      return CalendarDate(year: date.year - rest).secondsSince1970
    }
  }

  /// The mark after another.
  func next(_ value: Double) -> Double {
    switch kind {
    case .seconds, .days: return value + seconds
    case .months:
      let date = CalendarDate(secondsSince1970: value + 1)
      let months = date.month - 1 + count
      return CalendarDate(year: date.year + months / 12, month: months % 12 + 1).secondsSince1970
    case .years:
      return CalendarDate(year: CalendarDate(secondsSince1970: value + 1).year + count).secondsSince1970
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  func label(_ value: Double) -> String {
    let date = CalendarDate(secondsSince1970: value)
    let minutes = Int(date.seconds) / 60
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let month = Unit.months[min(max(date.month - 1, 0), 11)]
    switch style {
    case .second: return "\(two(minutes / 60)):\(two(minutes % 60)):\(two(Int(date.seconds) % 60))"
    case .minute:
      // Midnight names its day.
      return minutes == 0 ? "\(date.day) \(month)" : "\(two(minutes / 60)):\(two(minutes % 60))"
    case .day: return "\(date.day) \(month)"
    case .month: return date.month == 1 ? "\(date.year)" : "\(month) \(date.year)"
    case .year: return "\(date.year)"
    }
  }
}

/// An axis as it is drawn: its ticks with labels that do not overlap, and its label.
struct AxisGuide {
  /// Where an axis is beside its panel.
  enum Side {
    case bottom, left, right
  }

  let scale: any Scale
  let side: Side
  private let axis: Plot.Axis
  /// Whether numbers and label are written; shared axes are labeled at the edge of a grid.
  private let isLabeled: Bool
  let theme: Theme
  let setter: Typesetter
  private(set) var ticks: Ticks
  /// Degrees by which tick labels are turned.
  private(set) var rotation = 0.0
  private let label: Typesetter.Lines

  /// An axis along a length in points; tick labels reach at most `depth` away from it, and the axis label
  /// may be as long as `room`.
  init(
    _ axis: Plot.Axis, scale: any Scale, side: Side, length: Double, depth: Double, room: Double,
    isLabeled: Bool = true, theme: Theme, setter: Typesetter
  ) {
    self.axis = axis
    self.scale = scale
    self.side = side
    self.isLabeled = isLabeled && axis.isShown
    self.theme = theme
    self.setter = setter
    label = setter.lines(self.isLabeled ? axis.label : "", size: theme.labelSize, within: room)
    ticks = .none
    if let marked = axis.marked {
      let shown = marked.filter { scale.fraction(of: $0.value).map { (0...1).contains($0) } ?? false }
      ticks = Ticks(major: shown, minor: [])
      dropOverlaps(length: length)
    } else if hasNames {
      ticks = scale.ticks(about: 2)
      fitCategories(length: length, depth: depth)
    } else {
      fitNumbers(length: length)
    }
  }

  private var isHorizontal: Bool { side == .bottom }
  private var hasNames: Bool { scale.categories != nil }

  /// How far an axis reaches away from its panel.
  var thickness: Double {
    guard axis.isShown else { return 0 }
    return tickThickness + (label.labels.isEmpty ? 0 : label.height + labelGap)
  }

  /// How far tick labels reach beyond the ends of a horizontal axis of a length.
  func overhang(length: Double) -> (start: Double, end: Double) {
    guard isLabeled else { return (0, 0) }
    guard isHorizontal, rotation == 0 else {
      let leftmost = ticks.major.first.map { width($0) * cosine - position($0.value, length) } ?? 0
      return (isHorizontal ? max(0, leftmost) : 0, isHorizontal ? 2 : 0)
    }
    var result = (start: 0.0, end: 0.0)
    for tick in ticks.major {
      let place = position(tick.value, length)
      result.start = max(result.start, width(tick) / 2 - place)
      result.end = max(result.end, place + width(tick) / 2 - length)
    }
    return result
  }

  private var labelGap: Double { isHorizontal ? 5 : 6 }
  private var tickGap: Double { 2.5 }
  /// The one angle that labels are turned by, with its cosine and sine.
  private static let slant = (degrees: 35.0, cosine: 0.8191520442889918, sine: 0.573576436351046)
  private var cosine: Double { rotation == 0 ? 1 : Self.slant.cosine }
  private var sine: Double { rotation == 0 ? 0 : Self.slant.sine }

  private var tickThickness: Double {
    let marks = hasNames ? 1 : theme.tickLength
    guard isLabeled, let widest = ticks.major.map(width).max() else { return isLabeled ? 2 : marks }
    let rise = ticks.major.contains { $0.label.contains("^") } ? 0.25 * theme.tickSize : 0
    if !isHorizontal { return marks + tickGap + widest }
    return marks + tickGap + widest * sine + theme.tickSize * cosine + rise
  }

  private func width(_ tick: Ticks.Tick) -> Double {
    setter.width(of: Label(tick.label), size: theme.tickSize)
  }

  private func position(_ value: Double, _ length: Double) -> Double {
    (scale.fraction(of: value) ?? 0) * length
  }

  private mutating func fitNumbers(length: Double) {
    let pitch = isHorizontal ? 45.0 : 28.0
    var count = min(max(2, Int(length / pitch)), isHorizontal ? 8 : 6)
    ticks = scale.ticks(about: count)
    while count > 1, overlaps(ticks, length: length) {
      count -= 1
      ticks = scale.ticks(about: count)
    }
    if overlaps(ticks, length: length), let first = ticks.major.first {
      ticks.major = [first]
    }
  }

  /// Of given marks those are left out that have no room behind the one before.
  private mutating func dropOverlaps(length: Double) {
    var kept: [Ticks.Tick] = []
    for tick in ticks.major.sorted(by: { position($0.value, length) < position($1.value, length) })
    where !overlaps(Ticks(major: kept.suffix(1) + [tick], minor: []), length: length) {
      kept.append(tick)
    }
    ticks.major = kept
  }

  private func overlaps(_ ticks: Ticks, length: Double) -> Bool {
    let gap = isHorizontal ? 9.0 : 3.0
    return zip(ticks.major, ticks.major.dropFirst()).contains { first, second in
      let distance = (position(second.value, length) - position(first.value, length)).magnitude
      let needed = isHorizontal ? (width(first) + width(second)) / 2 : theme.tickSize
      return distance < needed + gap
    }
  }

  /// Names that are too wide are turned, then shortened, and then only every second or third is written.
  private mutating func fitCategories(length: Double, depth: Double) {
    let step = length / Double(max(ticks.major.count, 1))
    guard isHorizontal else {
      // Names beside a vertical axis are shortened, and thinned where lines are too near.
      ticks.major = ticks.major.map { .init(value: $0.value, label: shortened($0.label, to: max(depth, 24))) }
      keepEvery(Int((theme.tickSize * 1.1 / max(step, 0.01)).rounded(.up)))
      return
    }
    guard overlaps(ticks, length: length) else { return }
    let widest = ticks.major.map(width).max() ?? 0
    // Short names that have to be left out even if turned stay upright.
    if widest < 36, step < theme.tickSize * 1.6 {
      keepEvery(Int(((widest + 6) / step).rounded(.up)))
      return
    }
    rotation = Self.slant.degrees
    let longest = max(24, (depth - theme.tickSize) / sine)
    ticks.major = ticks.major.map { tick in
      .init(value: tick.value, label: shortened(tick.label, to: longest))
    }
    keepEvery(Int((theme.tickSize * 1.25 / sine / step).rounded(.up)))
  }

  private mutating func keepEvery(_ stride: Int) {
    ticks.major = ticks.major.enumerated().filter { $0.offset % max(stride, 1) == 0 }.map(\.element)
  }

  private func shortened(_ text: String, to width: Double) -> String {
    var text = text
    guard setter.width(of: Label(text), size: theme.tickSize) > width else { return text }
    while !text.isEmpty, setter.width(of: Label(text + "…"), size: theme.tickSize) > width {
      text.removeLast()
    }
    return text + "…"
  }

  /// Grid lines in a panel.
  func grid(in panel: Rectangle) -> [DrawnShape] {
    guard !hasNames, axis.hasGrid, axis.isShown, theme.gridWidth > 0 else { return [] }
    let lines = ticks.major.map {
      line(at: $0.value, in: panel, from: 0, to: isHorizontal ? panel.height : panel.width)
    }
    return lines.isEmpty ? [] : [DrawnShape(.lines(lines), stroke: Stroke(.grid, width: theme.gridWidth))]
  }

  /// The axis line with its ticks, their labels and the axis label, beside a panel.
  func shapes(beside panel: Rectangle, in cell: Rectangle) -> [DrawnShape] {
    guard axis.isShown else { return [] }
    var lines = [axisLine(beside: panel)]
    if !hasNames {
      lines += ticks.major.map { line(at: $0.value, in: panel, from: -theme.tickLength, to: 0) }
      lines += ticks.minor.map { line(at: $0, in: panel, from: -theme.tickLength * 0.55, to: 0) }
    }
    let ruler = DrawnShape(.lines(lines), stroke: Stroke(.axis, width: theme.axisWidth))
    guard isLabeled else { return [ruler] }
    return [ruler] + ticks.major.map { tickLabel($0, beside: panel) } + labelShapes(beside: panel, in: cell)
  }

  private func axisLine(beside panel: Rectangle) -> [Point] {
    switch side {
    case .bottom: [Point(panel.x, panel.bottom), Point(panel.right, panel.bottom)]
    case .left: [Point(panel.x, panel.y), Point(panel.x, panel.bottom)]
    case .right: [Point(panel.right, panel.y), Point(panel.right, panel.bottom)]
    }
  }

  /// A line across the axis at a value, from and to distances into the panel.
  private func line(at value: Double, in panel: Rectangle, from start: Double, to end: Double) -> [Point] {
    if isHorizontal {
      let x = panel.x + position(value, panel.width)
      return [Point(x, panel.bottom - start), Point(x, panel.bottom - end)]
    }
    let y = panel.bottom - position(value, panel.height)
    if side == .right { return [Point(panel.right - start, y), Point(panel.right - end, y)] }
    return [Point(panel.x + start, y), Point(panel.x + end, y)]
  }

  private func tickLabel(_ tick: Ticks.Tick, beside panel: Rectangle) -> DrawnShape {
    let size = theme.tickSize
    let marks = hasNames ? 1 : theme.tickLength
    let label = Label(tick.label)
    if !isHorizontal {
      let y = panel.bottom - position(tick.value, panel.height) + setter.capHeight(size) / 2
      if side == .right {
        let place = Point(panel.right + marks + tickGap, y)
        return DrawnShape(.text(DrawnText(label, at: place, anchor: .start, size: size)), fill: .text)
      }
      let place = Point(panel.x - marks - tickGap, y)
      return DrawnShape(.text(DrawnText(label, at: place, anchor: .end, size: size)), fill: .text)
    }
    let x = panel.x + position(tick.value, panel.width)
    let rise = ticks.major.contains { $0.label.contains("^") } ? 0.25 * size : 0
    let top = panel.bottom + marks + tickGap
    if rotation == 0 {
      let place = Point(x, top + rise + setter.capHeight(size) + 0.5)
      return DrawnShape(.text(DrawnText(label, at: place, anchor: .middle, size: size)), fill: .text)
    }
    let place = Point(x + sine * setter.capHeight(size) / 2, top + cosine * setter.capHeight(size))
    return DrawnShape(
      .text(DrawnText(label, at: place, anchor: .end, size: size, rotation: rotation)), fill: .text)
  }

  /// The axis label in the middle of the panel's side, moved where it would leave the cell.
  private func labelShapes(beside panel: Rectangle, in cell: Rectangle) -> [DrawnShape] {
    let size = label.size
    if isHorizontal {
      let top = panel.bottom + tickThickness + labelGap
      let half = label.width / 2
      let x = min(max(panel.center.x, cell.x + half), max(cell.x + half, cell.right - half))
      return setter.shapes(label, x: x, top: top, anchor: .middle, color: .text)
    }
    let half = label.width / 2
    let y = min(max(panel.center.y, cell.y + half), max(cell.y + half, cell.bottom - half))
    return label.labels.enumerated().map { index, line in
      let inward = Double(label.labels.count - 1 - index) * setter.lineHeight(size)
      let outward = Double(index) * setter.lineHeight(size)
      let x =
        side == .right
        ? panel.right + tickThickness + labelGap + 0.78 * size + outward
        : panel.x - tickThickness - labelGap - 0.22 * size - inward
      let place = Point(x, y)
      return DrawnShape(
        .text(DrawnText(line, at: place, anchor: .middle, size: size, rotation: 90)), fill: .text)
    }
  }
}

/// The area of a plot that shows the data, with its two scales.
public struct Panel: Sendable {
  /// The area on the canvas.
  public let frame: Rectangle
  /// The horizontal scale.
  public let x: any Scale
  /// The vertical scale.
  public let y: any Scale

  /// Whether the vertical axis is logarithmic.
  var isLog: Bool { y is LogScale }

  /// The place of two values; nil if they have none.
  public func point(_ x: Double, _ y: Double) -> Point? {
    guard let horizontal = self.x.fraction(of: x), let vertical = self.y.fraction(of: y) else { return nil }
    return Point(frame.x + horizontal * frame.width, frame.bottom - vertical * frame.height)
  }

  /// The place of two values; on a logarithmic axis values of zero and less are at the lower edge, where
  /// bars and bands end.
  func pointOrEdge(_ x: Double, _ y: Double) -> Point? {
    if let point = point(x, y) { return point }
    guard isLog, y <= 0, let horizontal = self.x.fraction(of: x) else { return nil }
    return Point(frame.x + horizontal * frame.width, frame.bottom)
  }

  /// The places of values, cut where one has none.
  func runs(_ xs: [Double], _ ys: [Double]) -> [[Point]] {
    var runs: [[Point]] = []
    var isOpen = false
    for (x, y) in zip(xs, ys) {
      guard let point = point(x, y) else {
        isOpen = false
        continue
      }
      if isOpen { runs[runs.count - 1].append(point) } else { runs.append([point]) }
      isOpen = true
    }
    return runs
  }

  /// What a reader sees at a point: the series and the two values.
  func title(series: String?, x value: Double, y height: Double) -> String {
    var place = value.text()
    if let ordinal = x as? OrdinalScale, let index = Int(exactly: value),
      ordinal.categories.indices.contains(index)
    {
      place = ordinal.categories[index]
    }
    return (series.map { "\(Label($0).plain): " } ?? "") + "\(place), \(height.text())"
  }
}

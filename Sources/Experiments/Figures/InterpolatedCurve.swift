/// A curve at a place, linear between its points; of several points at one place the last holds.
func interpolated(_ x: [Double], _ y: [Double], at place: Double) -> Double {
  guard let first = x.first, let last = y.last, !y.isEmpty else { return .nan }
  if place < first { return y[0] }
  guard let index = x.lastIndex(where: { $0 <= place }), index + 1 < min(x.count, y.count) else {
    return last
  }
  let width = x[index + 1] - x[index]
  let share = width > 0 ? (place - x[index]) / width : 0
  return y[index] + share * (y[index + 1] - y[index])
}

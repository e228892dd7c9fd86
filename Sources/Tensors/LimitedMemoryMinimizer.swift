/// Finds the minimum of a smooth convex function by L-BFGS (Liu and Nocedal 1989) with halved steps that satisfy Armijo's
/// condition.
package struct LimitedMemoryMinimizer {
  /// The largest entry of the gradient, beside the value or one, at which it ends.
  package var tolerance: Double
  private var moves: [(step: [Double], change: [Double], product: Double)] = []

  private static var memory: Int { 12 }
  private static var mostSteps: Int { 2000 }

  package init(tolerance: Double) { self.tolerance = tolerance }

  /// The place of the minimum; `cost` gives the value at a place and writes its gradient.
  package mutating func minimum(
    from start: [Double], _ cost: ([Double], inout [Double]) -> Double
  ) -> [Double] {
    var place = start
    var gradient = [Double](repeating: 0, count: start.count)
    var value = cost(place, &gradient)
    for _ in 0..<Self.mostSteps {
      let largest = gradient.reduce(0) { max($0, $1.magnitude) }
      guard largest > tolerance * max(1, value.magnitude) else { break }
      let direction = direction(against: gradient)
      let slope = Self.product(direction, gradient)
      guard slope < 0 else { break }
      var length = moves.isEmpty ? min(1, 1 / largest) : 1
      var (next, nextGradient) = (place, gradient)
      var nextValue = value
      repeat {
        next = zip(place, direction).map { $0 + length * $1 }
        nextValue = cost(next, &nextGradient)
        length /= 2
      } while !(nextValue <= value + 2e-4 * length * slope) && length > 1e-16
      // Nothing is gained any more but rounding.
      guard nextValue < value else { break }
      remember(zip(next, place).map { $0 - $1 }, zip(nextGradient, gradient).map { $0 - $1 })
      (place, gradient, value) = (next, nextGradient, nextValue)
    }
    return place
  }

  private static func product(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private mutating func remember(_ step: [Double], _ change: [Double]) {
    let product = Self.product(step, change)
    guard product > 0 else { return }
    moves.append((step, change, product))
    if moves.count > Self.memory { moves.removeFirst() }
  }

  /// The two loops over what is remembered (Nocedal and Wright, algorithm 7.4).
  private func direction(against gradient: [Double]) -> [Double] {
    var direction = gradient.map { -$0 }
    var shares = [Double](repeating: 0, count: moves.count)
    for index in moves.indices.reversed() {
      shares[index] = Self.product(moves[index].step, direction) / moves[index].product
      for entry in direction.indices { direction[entry] -= shares[index] * moves[index].change[entry] }
    }
    if let last = moves.last {
      let scale = last.product / Self.product(last.change, last.change)
      for entry in direction.indices { direction[entry] *= scale }
    }
    for index in moves.indices {
      let share = Self.product(moves[index].change, direction) / moves[index].product
      for entry in direction.indices {
        direction[entry] += (shares[index] - share) * moves[index].step[entry]
      }
    }
    return direction
  }
}

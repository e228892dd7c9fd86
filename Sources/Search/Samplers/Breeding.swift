import Tensors

/// What methods that breed trials from trials have in common: hyperparameters as places in the unit cube, choices by their
/// number.
struct Breeding {
  let space: SearchSpace

  /// A child's value at a hyperparameter from those of two parents, by simulated binary crossover (Deb and Agrawal 1995):
  /// children lie around the parents, nearer the larger the index; choices come from either.
  func crossed(
    _ first: Double, _ second: Double, _ parameter: Int, index: Double, using stream: inout RandomStream
  )
    -> Double
  {
    let u = stream.uniform()
    let side = stream.uniform()
    guard !first.isNaN, !second.isNaN else { return first.isNaN ? second : first }
    let distribution = space.parameters[parameter].distribution
    if distribution.scaledBounds == nil || distribution.isFixed { return side < 0.5 ? first : second }
    let (a, b) = (distribution.unit(of: first), distribution.unit(of: second))
    let exponent = 1 / (index + 1)
    let spread = u <= 0.5 ? power(2 * u, exponent) : power(1 / (2 * (1 - u)), exponent)
    let child = 0.5 * (side < 0.5 ? (1 + spread) * a + (1 - spread) * b : (1 - spread) * a + (1 + spread) * b)
    return distribution.value(atUnit: min(max(child, 0), 1))
  }

  /// A value near another by polynomial mutation (Deb and Goyal 1996), nearer the larger the index; of choices another one.
  func mutated(_ value: Double, _ parameter: Int, index: Double, using stream: inout RandomStream) -> Double {
    let distribution = space.parameters[parameter].distribution
    let u = stream.uniform()
    guard !value.isNaN, !distribution.isFixed else { return distribution.draw(using: &stream) }
    if case .choice(let names) = distribution {
      let other = (Int(value) + 1 + stream.integer(below: names.count - 1)) % names.count
      return Double(other)
    }
    let place = distribution.unit(of: value)
    let exponent = 1 / (index + 1)
    let move =
      u < 0.5
      ? power(2 * u + (1 - 2 * u) * power(1 - place, index + 1), exponent) - 1
      : 1 - power(2 * (1 - u) + 2 * (u - 0.5) * power(place, index + 1), exponent)
    let mutant = distribution.value(atUnit: min(max(place + move, 0), 1))
    guard mutant == value, let count = distribution.valueCount, count > 1 else { return mutant }
    // Whole numbers move by one at least.
    let neighbor = distribution.value(
      atUnit: min(max(place + (u < 0.5 ? -1 : 1) / Double(count), 0), 1))
    return neighbor
  }

  private func power(_ base: Double, _ exponent: Double) -> Double {
    base <= 0 ? 0 : Double.exp(exponent * Double.log(base))
  }
}

extension TrialHistory {
  /// The rows whose outcome is known for good, each once, in the order in which it became known.
  var settledRows: [Int] {
    events.filter { state($0) == .completed || state($0) == .failed || state($0) == .pruned }
  }

  /// The known rows that did not fail, the best first.
  func rankedRows(_ rows: [Int]) -> [Int] {
    rows.compactMap { TrialRank($0, in: self) }.sorted().map(\.row)
  }
}

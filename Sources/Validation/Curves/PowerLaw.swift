import Tensors

/// `y(n) = a + b n^(−c)`, the usual law of learning curves (Viering and Loog 2022).
public struct PowerLaw: Sendable, Hashable {
  /// a: what unlimited data would give.
  public let limit: Double
  /// b.
  public let factor: Double
  /// c.
  public let exponent: Double

  /// The law with the least squared distance: a and b in closed form for each of a hundred exponents up to two.
  ///
  /// Nil for less than three points, or if they lie at one place.
  public init?(fitting points: [(x: Double, y: Double)]) {
    guard points.count >= 3 else { return nil }
    var best: (error: Double, limit: Double, factor: Double, exponent: Double)?
    for step in 1...100 {
      let exponent = 0.02 * Double(step)
      let powers = points.map { Double.exp(-exponent * Double.log($0.x)) }
      let meanPower = Statistics.mean(powers)
      let meanY = Statistics.mean(points.map(\.y))
      var covariance = 0.0
      var variance = 0.0
      for (power, point) in zip(powers, points) {
        covariance += (power - meanPower) * (point.y - meanY)
        variance += (power - meanPower) * (power - meanPower)
      }
      guard variance > 0 else { continue }
      let factor = covariance / variance
      let limit = meanY - factor * meanPower
      var error = 0.0
      for (power, point) in zip(powers, points) {
        let residual = limit + factor * power - point.y
        error += residual * residual
      }
      if error < best?.error ?? .infinity { best = (error, limit, factor, exponent) }
    }
    guard let best else { return nil }
    (limit, factor, exponent) = (best.limit, best.factor, best.exponent)
  }

  /// The value at a place above zero.
  public func value(_ x: Double) -> Double { limit + factor * Double.exp(-exponent * Double.log(x)) }

  /// Where the law has a value; infinite where it never comes so far.
  public func place(of value: Double) -> Double {
    let power = (value - limit) / factor
    guard power > 0 else { return .infinity }
    return Double.exp(-Double.log(power) / exponent)
  }
}

/// The density of values, estimated with a Gaussian kernel.
public struct KernelDensity: Codable, Hashable, Sendable {
  /// The places, in order.
  @Numbers public var x: [Double]
  /// The density at each place; its area is one.
  @Numbers public var density: [Double]

  /// The density of the finite ones of values.
  ///
  /// Without a bandwidth it is `0.9 min(σ, IQR / 1.34) n^(−1/5)` (Silverman 1986, equation 3.31). The places reach
  /// three bandwidths beyond the values, unless `isCut` ends them with the values.
  public init(of values: [Double], bandwidth: Double? = nil, samples: Int = 128, isCut: Bool = false) {
    let sorted = values.filter { $0.magnitude < 1e150 }.sorted()
    _x = Numbers(wrappedValue: [])
    _density = Numbers(wrappedValue: [])
    guard let first = sorted.first, let last = sorted.last else { return }
    var width = bandwidth ?? KernelDensity.bandwidth(ofSorted: sorted)
    if !(width > 1e-9 * max(first.magnitude, last.magnitude)) {
      width = first == 0 && last == 0 ? 1 : max(first.magnitude, last.magnitude) * 0.05
    }
    let reach = isCut && last > first ? 0 : 3 * width
    x = ((first - reach)...(last + reach)).samples(max(samples, 2))
    let scale = 1 / (width * 2.5066282746310002 * Double(sorted.count))
    // Beyond six bandwidths a kernel adds nothing that could be seen.
    var start = 0
    density = x.map { place in
      while start < sorted.count, sorted[start] < place - 6 * width { start += 1 }
      var sum = 0.0
      var index = start
      while index < sorted.count, sorted[index] <= place + 6 * width {
        let distance = (place - sorted[index]) / width
        sum += DecimalLogarithm.exponential(-distance * distance / 2)
        index += 1
      }
      return sum * scale
    }
  }

  private static func bandwidth(ofSorted values: [Double]) -> Double {
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(count - 1, 1)
    let range = Quartiles.quantile(0.75, ofSorted: values) - Quartiles.quantile(0.25, ofSorted: values)
    let spread = range > 0 ? min(variance.squareRoot(), range / 1.34) : variance.squareRoot()
    return 0.9 * spread * DecimalLogarithm.power(count, -0.2)
  }
}

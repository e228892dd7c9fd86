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
    let (places, weights) = KernelDensity.binned(sorted, width: width)
    // Beyond six bandwidths a kernel adds nothing that could be seen.
    var start = 0
    density = x.map { place in
      while start < places.count, places[start] < place - 6 * width { start += 1 }
      var sum = 0.0
      var index = start
      while index < places.count, places[index] <= place + 6 * width {
        let distance = (place - places[index]) / width
        sum += weights[index] * DecimalLogarithm.exponential(-distance * distance / 2)
        index += 1
      }
      return sum * scale
    }
  }

  /// Many values as the centers of cells, a twentieth of a bandwidth wide, with the counts there.
  private static func binned(_ values: [Double], width: Double) -> (places: [Double], weights: [Double]) {
    guard values.count > 5000, let first = values.first, let last = values.last,
      last - first < 1e5 * width
    else { return (values, [Double](repeating: 1, count: values.count)) }
    let cell = width / 20
    var counts = [Double](repeating: 0, count: Int((last - first) / cell) + 1)
    for value in values { counts[min(Int((value - first) / cell), counts.count - 1)] += 1 }
    let filled = counts.indices.filter { counts[$0] > 0 }
    return (filled.map { first + (Double($0) + 0.5) * cell }, filled.map { counts[$0] })
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

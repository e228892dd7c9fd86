/// Counts of values in intervals.
public struct Histogram: Codable, Hashable, Sendable {
  /// How many intervals there are, or where they begin and end.
  public enum Bins: Hashable, Sendable {
    /// As many as the data support: the finer of the rules of Sturges and of Freedman and Diaconis.
    case automatic
    /// So many of one width.
    case count(Int)
    /// The ends of all intervals, in order.
    case edges([Double])
  }

  /// The ends of the intervals: one more than there are counts.
  @Numbers public var edges: [Double]
  /// The count, or the sum of weights, of each interval.
  @Numbers public var counts: [Double]

  /// Given counts.
  public init(edges: [Double], counts: [Double]) {
    _edges = Numbers(wrappedValue: edges)
    _counts = Numbers(wrappedValue: counts)
  }

  /// The finite ones of values in intervals; an interval holds its lower end, the last one also its upper end.
  public init(of values: [Double], bins: Bins = .automatic, weights: [Double] = []) {
    let edges = Histogram.edges(for: values.filter { $0.magnitude < 1e150 }, bins)
    var counts = [Double](repeating: 0, count: max(edges.count - 1, 0))
    for (index, value) in values.enumerated() {
      guard let first = edges.first, let last = edges.last, value >= first, value <= last else { continue }
      // The number of edges that are not above the value, by bisection.
      var (low, high) = (0, edges.count)
      while low < high {
        let middle = (low + high) / 2
        if edges[middle] <= value { low = middle + 1 } else { high = middle }
      }
      counts[min(low - 1, counts.count - 1)] += index < weights.count ? weights[index] : 1
    }
    self.init(edges: edges, counts: counts)
  }

  /// The counts divided by their sum and the widths, so that the area is one.
  public var density: Histogram {
    let sum = counts.reduce(0, +)
    guard sum > 0 else { return self }
    return Histogram(
      edges: edges, counts: counts.indices.map { counts[$0] / sum / (edges[$0 + 1] - edges[$0]) })
  }

  private static func edges(for values: [Double], _ bins: Bins) -> [Double] {
    if case .edges(let given) = bins {
      let sorted = given.filter(\.isFinite).sorted()
      let distinct = sorted.enumerated().filter { $0.offset == 0 || $0.element > sorted[$0.offset - 1] }
      return distinct.count > 1 ? distinct.map(\.element) : []
    }
    guard var low = values.min(), var high = values.max() else { return [] }
    if high - low <= 1e-12 * max(low.magnitude, high.magnitude) {
      let room = low == 0 ? 0.5 : low.magnitude / 2
      (low, high) = (low - room, high + room)
    }
    var count = 1
    if case .count(let wanted) = bins {
      count = wanted
    } else {
      let sorted = values.sorted()
      let number = Double(values.count)
      let sturges = (DecimalLogarithm.of(number) / 0.3010299956639812).rounded(.up) + 1
      let range = Quartiles.quantile(0.75, ofSorted: sorted) - Quartiles.quantile(0.25, ofSorted: sorted)
      let width = 2 * range * DecimalLogarithm.power(number, -1 / 3)
      let freedman = width > 0 ? ((high - low) / width).rounded(.up) : 1
      count = Int(min(max(sturges, freedman), 400))
    }
    return (low...high).samples(min(max(count, 1), 10000) + 1)
  }
}

import Datasets
import Search
import Tensors

/// `√(2 E|X − Y| − E|X − X′| − E|Y − Y′|)` with means over all pairs: 0 only for equal distributions (Székely and Rizzo
/// 2013).
///
/// The first 2000 samples of each kind are compared.
public struct EnergyDistance: SampleMetric {
  /// The energy distance.
  public init() {}

  public var name: String { "energy-distance" }
  public var direction: Direction { .minimize }

  /// Pairs grow with the square of the samples, the precision with their root.
  private static var most: Int { 2000 }

  public func value(_ generated: Tensor<Double>, _ data: Dataset) -> Double {
    let first = (0..<min(generated.rows, Self.most)).map { Array(generated.row($0)) }
    let second = (0..<min(data.count, Self.most)).map { Array(data.inputs.row($0)) }
    guard !first.isEmpty, !second.isEmpty else { return .nan }
    let squared =
      2 * Self.meanDistance(first, second) - Self.meanDistance(first, first)
      - Self.meanDistance(second, second)
    return max(squared, 0).squareRoot()
  }

  private static func meanDistance(_ first: [[Double]], _ second: [[Double]]) -> Double {
    var sum = 0.0
    for a in first {
      var row = 0.0
      for b in second {
        var square = 0.0
        for index in a.indices { square += (a[index] - b[index]) * (a[index] - b[index]) }
        row += square.squareRoot()
      }
      sum += row
    }
    return sum / Double(first.count) / Double(second.count)
  }
}

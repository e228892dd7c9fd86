import Datasets
import Search
import Tensors

/// The mean over random directions of the distance by which samples must be moved along each to become those of the data
/// (the sliced Wasserstein distance of order 1, Bonneel and others 2015).
public struct SlicedWasserstein: SampleMetric {
  /// The number of directions.
  public var directions: Int

  /// The distance along so many directions.
  public init(directions: Int = 100) { self.directions = directions }

  public var name: String { "sliced-wasserstein" }
  public var direction: Direction { .minimize }

  public func value(_ generated: Tensor<Double>, _ data: Dataset) -> Double {
    let columns = data.sampleShape.count
    guard generated.rows > 0, data.count > 0 else { return .nan }
    // The directions are always the same: two sets of samples are measured alike.
    var stream = RandomStream(seed: 0, .latentSamples)
    var sum = 0.0
    for _ in 0..<directions {
      var axis = (0..<columns).map { _ in stream.normal() }
      let length = axis.reduce(0) { $0 + $1 * $1 }.squareRoot()
      axis = axis.map { $0 / length }
      sum += Self.distance(Self.projected(generated, axis), Self.projected(data.inputs, axis))
    }
    return sum / Double(directions)
  }

  private static func projected(_ samples: Tensor<Double>, _ axis: [Double]) -> [Double] {
    (0..<samples.rows).map { zip(samples.row($0), axis).reduce(0) { $0 + $1.0 * $1.1 } }.sorted()
  }

  /// `∫ |F⁻¹(p) − G⁻¹(p)| dp` of two sorted lists: between the steps of both both quantiles are constant.
  private static func distance(_ first: [Double], _ second: [Double]) -> Double {
    let (n, m) = (first.count, second.count)
    var (i, j, place) = (0, 0, 0)
    var sum = 0.0
    while i < n, j < m {
      // Places on a scale of n · m whole steps, so that ties are exact.
      let end = min((i + 1) * m, (j + 1) * n)
      sum += Double(end - place) * (first[i] - second[j]).magnitude
      place = end
      if (i + 1) * m == end { i += 1 }
      if (j + 1) * n == end { j += 1 }
    }
    return sum / (Double(n) * Double(m))
  }
}

import Datasets
import Search
import Tensors

/// The share of the data's classes that have a generated sample within three standard deviations of their center, of the
/// samples that are nearest to it (after Srivastava and others 2017).
public struct ModeCoverage: SampleMetric {
  /// The coverage.
  public init() {}

  public var name: String { "mode-coverage" }
  public var direction: Direction { .maximize }
  public var needsClasses: Bool { true }

  public func value(_ generated: Tensor<Double>, _ data: Dataset) -> Double {
    guard let classes = data.classes, let names = data.classNames else { return .nan }
    let modes = names.indices.compactMap { number in
      Mode(of: classes.indices.filter { classes[$0] == number }.map { Array(data.inputs.row($0)) })
    }
    guard !modes.isEmpty else { return .nan }
    var isCovered = [Bool](repeating: false, count: modes.count)
    for row in 0..<generated.rows {
      let sample = Array(generated.row(row))
      let distances = modes.map { $0.distance(to: sample) }
      guard let nearest = distances.indices.min(by: { (distances[$0], $0) < (distances[$1], $1) }) else {
        continue
      }
      if distances[nearest] <= 3 * modes[nearest].deviation { isCovered[nearest] = true }
    }
    return Double(isCovered.filter(\.self).count) / Double(modes.count)
  }

  /// The center of a class and the root of the mean squared distance from it along an axis.
  private struct Mode {
    var center: [Double]
    var deviation: Double

    init?(of samples: [[Double]]) {
      guard let first = samples.first, !first.isEmpty else { return nil }
      let center = first.indices.map { column in Statistics.mean(samples.map { $0[column] }) }
      let squares = samples.map { sample in
        zip(sample, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      self.center = center
      deviation = (Statistics.mean(squares) / Double(center.count)).squareRoot()
    }

    func distance(to sample: [Double]) -> Double {
      zip(sample, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
  }
}

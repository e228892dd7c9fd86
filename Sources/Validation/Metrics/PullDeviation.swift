import Components
import Datasets
import Search
import Tensors

/// The standard deviation of the pulls `(ŷ − y) / σ` over examples and outputs, with their number in the
/// denominator: 1 for predictions that are wrong by nothing but the noise.
///
/// It is best near 1: below it predictions follow the noise, above it they miss the data.
public struct PullDeviation: Metric {
  /// The deviation of the pulls.
  public init() {}

  static let component = Component<any Metric>(
    "pull-deviation",
    help: "The spread of the errors in units of the data's errors, near 1 if only noise is left.",
    swift: "PullDeviation()"
  ) { _ in PullDeviation() }

  public var name: String { "pull-deviation" }
  public var takesClasses: Bool { false }
  public var direction: Direction { .minimize }
  public var leastExamples: Int { 2 }
  public var needsErrors: Bool { true }

  public func value(_ predictions: Tensor<Double>, _ data: Dataset) -> Double {
    data.pulls(of: predictions)?.deviation ?? .nan
  }
}

import Components
import Datasets
import Search
import Tensors

/// A score of generated samples against those of data, computed in Double.
public protocol SampleMetric: Sendable {
  /// The name in recipes and results.
  var name: String { get }
  /// Whether large or small values are good.
  var direction: Direction { get }
  /// The score of generated samples, samples × features.
  func value(_ generated: Tensor<Double>, _ data: Dataset) -> Double
  /// Whether it needs to know the class of each example.
  var needsClasses: Bool { get }
}

extension SampleMetric {
  public var needsClasses: Bool { false }
}

/// All metrics of generated samples: what `evaluate: […]` can name for a network that generates.
public enum SampleMetrics {
  /// The metrics by name.
  public static let catalog = Catalog<any SampleMetric>(
    "metric of samples",
    [
      Component(
        "energy-distance", help: "How far both distributions are apart, by distances of samples.",
        swift: "EnergyDistance()"
      ) {
        _ in
        EnergyDistance()
      },
      Component(
        "sliced-wasserstein", help: "How far samples must be moved, along random directions.",
        swift: "SlicedWasserstein()"
      ) { _ in
        SlicedWasserstein()
      },
      Component(
        "mode-coverage", help: "The share of the data's classes near whose center samples lie.",
        swift: "ModeCoverage()"
      ) {
        _ in
        ModeCoverage()
      },
    ])

  /// The metrics that are computed when a recipe names none.
  public static func standard(forClasses: Bool) -> [any SampleMetric] {
    [EnergyDistance(), SlicedWasserstein()] + (forClasses ? [ModeCoverage()] : [])
  }
}

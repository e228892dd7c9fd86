import Components
import Tensors

// Initializers that know nothing of a layer's connections; names and defaults are Keras'.

/// One number everywhere.
public struct ConstantInitializer: Initializer, Hashable {
  /// The number.
  public var value: Double

  /// One number everywhere.
  public init(_ value: Double) { self.value = value }

  private static let valueParameter = Parameter<Double>("value", default: 0, help: "The number.")
  static let component = Component<any Initializer>(
    "constant", help: "One number everywhere.", swift: "ConstantInitializer(_ value)",
    parameters: [valueParameter]
  ) { ConstantInitializer($0[valueParameter]) }

  public func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    [Double](repeating: value, count: shape.count)
  }
}

/// A normal distribution.
public struct NormalInitializer: Initializer, Hashable {
  /// The mean.
  public var mean: Double
  /// The standard deviation.
  public var deviation: Double

  /// A normal distribution.
  public init(mean: Double = 0, deviation: Double = 0.05) {
    self.mean = mean
    self.deviation = deviation
  }

  static let meanParameter = Parameter<Double>("mean", default: 0, help: "The mean.")
  static let deviationParameter = Parameter<Double>(
    "deviation", default: 0.05, "at least 0", help: "The standard deviation."
  ) { $0 >= 0 }
  static let component = Component<any Initializer>(
    "normal", help: "A normal distribution.", swift: "NormalInitializer(mean, deviation)",
    parameters: [meanParameter, deviationParameter]
  ) { NormalInitializer(mean: $0[meanParameter], deviation: $0[deviationParameter]) }

  public func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    (0..<shape.count).map { _ in mean + deviation * stream.normal() }
  }
}

/// A normal distribution cut at two standard deviations.
public struct TruncatedNormalInitializer: Initializer, Hashable {
  /// The mean.
  public var mean: Double
  /// The standard deviation before the cut.
  public var deviation: Double

  /// A normal distribution that is cut.
  public init(mean: Double = 0, deviation: Double = 0.05) {
    self.mean = mean
    self.deviation = deviation
  }

  static let component = Component<any Initializer>(
    "truncated-normal", help: "A normal distribution cut at two standard deviations.",
    swift: "TruncatedNormalInitializer(mean, deviation)",
    parameters: [NormalInitializer.meanParameter, NormalInitializer.deviationParameter]
  ) {
    TruncatedNormalInitializer(
      mean: $0[NormalInitializer.meanParameter], deviation: $0[NormalInitializer.deviationParameter])
  }

  public func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    (0..<shape.count).map { _ in mean + deviation * stream.truncatedNormal() }
  }
}

/// Numbers between two limits, each equally likely.
public struct UniformInitializer: Initializer, Hashable {
  /// The largest absolute value.
  public var limit: Double

  /// Numbers between −`limit` and `limit`.
  public init(limit: Double = 0.05) { self.limit = limit }

  private static let limitParameter = Parameter<Double>(
    "limit", default: 0.05, "at least 0", help: "The largest absolute value."
  ) { $0 >= 0 }
  static let component = Component<any Initializer>(
    "uniform", help: "Numbers between two limits.", swift: "UniformInitializer(limit)",
    parameters: [limitParameter]
  ) { UniformInitializer(limit: $0[limitParameter]) }

  public func values(
    shape: Shape, fans: ParameterBlock.Fans, using stream: inout RandomStream
  ) -> [Double] {
    (0..<shape.count).map { _ in stream.uniform(-limit, limit) }
  }
}

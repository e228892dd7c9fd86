import Datasets
import Plotting
import Tensors

extension Plot {
  /// Data of one feature with a fitted curve and, where it is known, the law they follow.
  public static func fit(
    x: [Double], y: [Double], errors: [Double]? = nil, name: String = "x", target: String = "y",
    curve: ([Double]) throws -> [Double], law: ((Double) -> Double)? = nil
  ) rethrows -> Plot {
    let finite = x.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let points = (low...max(high, low)).samples(201)
    let values = try curve(points)
    return Plot(x: .linear(name), y: .linear(target)) {
      if let errors {
        ErrorBarMark(x: x, y: y, error: errors, series: "data", color: .muted)
      } else {
        PointMark(x: x, y: y, series: "data", color: .muted)
      }
      LineMark(x: points, y: values, series: "fit")
      if let law {
        LineMark(x: points, y: points.map(law), series: "law", stroke: .dashed, color: .text)
      }
    }
  }
}

extension ResultView {
  /// The data of one feature and the fitted curve.
  static let fit = ResultView(
    name: "fit", help: "Data of one feature and the fitted curve.", isDefault: true,
    needs: [.features(1), .values],
    example: {
      let x = (0..<40).map { 0.01 + Double($0) / 41 }
      var numbers = ExampleNumbers(20)
      let noise = numbers.normal(40, deviation: 0.02)
      return .plot(
        .fit(
          x: x, y: zip(x, noise).map { $0 * (1 - $0) + $1 }, errors: x.map { _ in 0.02 },
          curve: { $0.map { $0 * (1 - $0) * 1.04 } }, law: { $0 * (1 - $0) }))
    }
  ) { result in
    let data = result.experiment.data
    guard let fitted = result.fitted, data.inputs.columns == 1, data.features[0].categories == nil,
      case .values(let targets, let names) = data.targets, targets.columns == 1
    else { return nil }
    let law = result.experiment.law.map { law in { @Sendable (x: Double) in law.law(x) } }
    let plot = Plot.fit(
      x: data.inputs.elements, y: targets.elements, errors: data.errors, name: data.features[0].name,
      target: names[0], curve: { fitted.predict(Tensor($0, shape: [$0.count, 1])).elements }, law: law)
    return .figure(.plot(plot), caption: "The data and the fitted network.")
  }
}

import Plotting

extension Plot {
  /// The length of the loss's gradient by epoch.
  public static func gradientNorm(_ norms: [Double]) -> Plot {
    let isLog = norms.contains { $0 > 0 }
    let epochs = norms.indices.map { Double($0 + 1) }
    return Plot(x: .linear("epoch"), y: isLog ? .log("gradient norm") : .linear("gradient norm")) {
      LineMark(x: epochs, y: norms, color: .series(0))
    }
  }
}

extension ResultView {
  /// The length of the gradient by epoch.
  static let gradientNorm = ResultView(
    name: "gradient-norm", help: "The length of the gradient by epoch.", needs: [.epochs],
    example: {
      var numbers = ExampleNumbers(11)
      let noise = numbers.normal(80, deviation: 0.3)
      return .plot(.gradientNorm(noise.enumerated().map { (1 + 0.5 * $1) / (1 + Double($0) / 5) }))
    }
  ) { result in
    guard result.history.gradientNorms.count > 1 else { return nil }
    return .figure(
      .plot(.gradientNorm(result.history.gradientNorms)),
      caption: "The length of the gradient over the last batch of each epoch.")
  }
}

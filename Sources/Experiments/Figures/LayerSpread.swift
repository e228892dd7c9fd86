import Plotting

extension PlotGrid {
  /// How values of each layer spread over the course of a training, as violins or, for many moments, as bands.
  ///
  /// `values[layer][moment]` are the activations or weights; `moments` are epochs.
  public static func layerSpread(
    names: [String], moments: [Double], values: [[[Double]]], label: String = "activation"
  ) -> PlotGrid {
    let plots = names.indices.map { layer in
      let samples = layer < values.count ? values[layer] : []
      let quartiles = samples.map { Quartiles(of: $0) }
      func column(_ part: (Quartiles) -> Double) -> [Double] { quartiles.map { $0.map(part) ?? .nan } }
      return Plot(title: names[layer], x: .linear("epoch"), y: .linear(label)) {
        BandMark(
          x: moments, lower: column(\.lowerWhisker), upper: column(\.upperWhisker), series: "within whiskers",
          color: .series(0))
        BandMark(
          x: moments, lower: column(\.lower), upper: column(\.upper), series: "half of the values",
          color: .series(0))
        LineMark(x: moments, y: column(\.median), series: "median", color: .series(0))
      }
    }
    return PlotGrid(columns: min(max(names.count, 1), 3), plots: plots, sharesX: true)
  }
}

extension ResultView {
  /// The spread of activations or weights of every layer over the training.
  static let layerSpread = ResultView(
    name: "layer-spread", help: "The spread of activations or weights of every layer over the training.",
    example: {
      var numbers = ExampleNumbers(12)
      let moments = (0...10).map { Double($0 * 5) }
      let values = (1...3).map { layer in
        moments.map { numbers.normal(60, deviation: 0.3 + $0 / 50 / Double(layer)) }
      }
      return .grid(
        .layerSpread(
          names: ["dense 1", "dense 2", "dense 3"], moments: moments, values: values, label: "weight"))
    })
}

import Autodiff
import NeuralNetworks
import Plotting
import Tensors

extension PlotGrid {
  /// Activation functions and their derivatives, a panel a function; computed as networks compute them.
  public static func activationFunctions(
    _ activations: [Activation] = [.sigmoid, .tanh, .relu, .leakyRelu, .gelu, .softplus],
    over range: ClosedRange<Double> = -4...4, columns: Int = 3
  ) -> PlotGrid {
    let x = range.samples(241)
    let input = Tensor(x, shape: [x.count])
    let ones = Tensor(repeating: 1.0, shape: [x.count])
    // These need all values of a layer, so that no curve shows them.
    let shown = activations.filter { ![.glu, .softmax, .logSoftmax, .sparsemax].contains($0) }
    let plots = shown.map { activation in
      let function = TensorFunction { activation($0[0]) }
      return Plot(title: activation.rawValue, x: .linear("z"), y: .linear("g(z)")) {
        LineMark(x: x, y: function(input).elements, series: "g")
        LineMark(
          x: x, y: function.pushforward(at: [input], along: [ones]).elements, series: "g′", stroke: .dashed)
      }
    }
    return PlotGrid(columns: columns, plots: plots, sharesX: true)
  }
}

extension ResultView {
  /// Activation functions and their derivatives.
  static let activationFunctions = ResultView(
    name: "activation-functions", help: "Activation functions and their derivatives.",
    example: { .grid(.activationFunctions()) })
}

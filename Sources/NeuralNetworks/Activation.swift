import Autodiff
import Components
import Kernels
import Tensors

/// The function that a layer applies to each unit's sum; names and constants are Keras'.
public enum Activation: String, NamedChoice, Codable {
  /// The sum itself.
  case linear
  /// `max(0, x)`.
  case relu
  /// `x` above 0, `0.2 x` below.
  case leakyRelu = "leaky-relu"
  /// `min(max(0, x), 6)`.
  case relu6
  /// `x` above 0, `eˣ − 1` below.
  case elu
  /// 1.0507 times `elu` with 1.6733 (Klambauer and others, 2017).
  case selu
  /// `x Φ(x)` with the normal distribution's Φ (Hendrycks and Gimpel 2016).
  case gelu
  /// The first half times the sigmoid of the second, so that half as many values are left.
  case glu
  /// `x σ(x)`, also called swish.
  case silu
  /// `x` times `hard-sigmoid`.
  case hardSilu = "hard-silu"
  /// `x tanh(log(1 + eˣ))`.
  case mish
  /// `log(1 + eˣ)`.
  case softplus
  /// `x / (1 + |x|)`.
  case softsign
  /// `x ∓ 0.5` beyond ±0.5, 0 between.
  case softShrink = "soft-shrink"
  /// `x` beyond ±0.5, 0 between.
  case hardShrink = "hard-shrink"
  /// `x − tanh(x)`.
  case tanhShrink = "tanh-shrink"
  /// The hyperbolic tangent.
  case tanh
  /// `x` cut at ±1.
  case hardTanh = "hard-tanh"
  /// `1 / (1 + e⁻ˣ)`.
  case sigmoid
  /// `relu6(x + 3) / 6`.
  case hardSigmoid = "hard-sigmoid"
  /// `log σ(x)`.
  case logSigmoid = "log-sigmoid"
  /// `eˣ`.
  case exponential
  /// `(x + √(x² + 4)) / 2`.
  case squareplus
  /// The nearest point of the simplex of probabilities (Martins and Astudillo 2016).
  case sparsemax
  /// `eˣ` over its sum along the last axis: probabilities.
  case softmax
  /// The logarithm of the softmax.
  case logSoftmax = "log-softmax"

  public static var typeDescription: String { "the name of an activation" }

  /// Writes the function down behind a value.
  public func callAsFunction(_ x: Variable) -> Variable {
    switch self {
    case .linear: x
    case .relu: x.map(.relu)
    case .leakyRelu: x.combine(.maximum, 0.2 * x)
    case .relu6: x.map(.relu).combine(.minimum, x.graph.constant(6))
    case .elu: Self.elu(x, 1)
    case .selu: 1.0507009873554805 * Self.elu(x, 1.6732632423543772)
    case .gelu: 0.5 * x * (1 + (0.7071067811865476 * x).map(.erf))
    case .glu: Self.glu(x)
    case .silu: x * x.map(.sigmoid)
    case .hardSilu: x * Self.hardSigmoid(x)
    case .mish: x * x.map(.softplus).map(.tanh)
    case .softplus: x.map(.softplus)
    case .softsign: x / (1 + x.map(.magnitude))
    case .softShrink: (x - 0.5).map(.relu) - (-x - 0.5).map(.relu)
    case .hardShrink: x * x.graph.constant(0.5).isLess(than: x.map(.magnitude))
    case .tanhShrink: x - x.map(.tanh)
    case .tanh: x.map(.tanh)
    case .hardTanh: Self.cut(x, from: -1, to: 1)
    case .sigmoid: x.map(.sigmoid)
    case .hardSigmoid: Self.hardSigmoid(x)
    case .logSigmoid: -(-x).map(.softplus)
    case .exponential: x.map(.exponential)
    case .squareplus: 0.5 * (x + (x.map(.square) + 4).map(.squareRoot))
    case .sparsemax: Self.sparsemax(x)
    case .softmax: x.softmax()
    case .logSoftmax: x.logSoftmax()
    }
  }

  private static func elu(_ x: Variable, _ alpha: Double) -> Variable {
    let below = x.combine(.minimum, x.graph.constant(0)).map(.exponential) - 1
    return x.map(.relu) + (alpha * below)
  }

  private static func cut(_ x: Variable, from low: Double, to high: Double) -> Variable {
    x.combine(.maximum, x.graph.constant(low)).combine(.minimum, x.graph.constant(high))
  }

  private static func hardSigmoid(_ x: Variable) -> Variable { (1.0 / 6) * cut(x + 3, from: 0, to: 6) }

  private static func glu(_ x: Variable) -> Variable {
    let half = (x.shape.dimensions.last ?? 0) / 2
    return x.slice(axis: -1, 0..<half) * x.slice(axis: -1, half..<2 * half).map(.sigmoid)
  }

  /// Subtracts what makes the positive rest add up to one; which values are positive is decided by comparing each with
  /// all that are larger.
  private static func sparsemax(_ x: Variable) -> Variable {
    let sizes = x.shape.dimensions
    let (outer, count) = (Array(sizes.dropLast()), sizes[sizes.count - 1])
    let rows = x.reshaped(to: Shape(outer + [count, 1]))
    let columns = x.reshaped(to: Shape(outer + [1, count]))
    let above = (columns - rows).map(.relu).sum(axes: [-1])
    let isKept = above.isLess(than: x.graph.constant(1)).withoutDerivative()
    let kept = isKept.sum(axes: [-1], keepsAxes: true)
    let threshold = ((isKept * x).sum(axes: [-1], keepsAxes: true) - 1) / kept
    return (x - threshold).map(.relu)
  }
}

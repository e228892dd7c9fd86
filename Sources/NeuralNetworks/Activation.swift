import Autodiff
import Components
import Kernels

/// The function that a layer applies to each unit's sum.
public enum Activation: String, NamedChoice, Codable {
  /// The sum itself.
  case linear
  /// `max(0, x)`.
  case relu
  /// The hyperbolic tangent.
  case tanh
  /// `1 / (1 + e⁻ˣ)`.
  case sigmoid
  /// `eˣ` over its sum over all units: probabilities.
  case softmax

  /// Writes the function down behind a value.
  func callAsFunction(_ x: Variable) -> Variable {
    switch self {
    case .linear: x
    case .relu: x.map(.relu)
    case .tanh: x.map(.tanh)
    case .sigmoid: x.map(.sigmoid)
    case .softmax: x.softmax()
    }
  }
}

import Components
import Tensors

/// A function written as text, such as `x^0.7*(1-x)^3`: numbers, variables, `pi` and `e`, `+ - * / ^`, parentheses and
/// elementary functions.
///
/// It is evaluated in Double.
public struct Law: Sendable, Hashable {
  /// The text as the author wrote it.
  public let text: String
  /// The names of the variables, in the order of their values.
  public let variables: [String]
  private let expression: Expression

  /// Reads a law of some variables; throws `DatasetError`.
  public init(_ text: String, variables: [String] = ["x"]) throws {
    self.text = text
    self.variables = variables
    for name in variables where !Self.isFree(name) { throw DatasetError.badVariable(name: name) }
    var parser = LawParser(text, variables: variables)
    expression = try parser.parse()
  }

  /// A law of one variable that is a function, with a name for it: `Law("bump") { exp(-$0 * $0) }`.
  public init(_ name: String = "f", function: @escaping (Double) -> Double) {
    self.init(name, variables: ["x"]) { point in function(point[point.startIndex]) }
  }

  /// A law that is a function of several variables, which it gets in their order.
  public init(_ name: String, variables: [String], function: @escaping (ArraySlice<Double>) -> Double) {
    text = name
    self.variables = variables
    expression = .function(LawFunction(function))
  }

  /// The value at a point of the only variable.
  public func callAsFunction(_ x: Double) -> Double { expression.value(at: [x]) }

  /// The value at a point: a number for each variable.
  public func callAsFunction(_ point: ArraySlice<Double>) -> Double { expression.value(at: point) }

  /// The names of the functions of one argument, and of two.
  public static let functionNames =
    ["exp", "log", "log10", "log2", "sin", "cos", "tan", "sinh", "cosh", "tanh"]
    + ["sqrt", "abs", "erf", "max", "min", "pow"]

  /// The names of the constants.
  static let constants: [(name: String, value: Double)] = [("pi", .pi), ("e", Double.exp(1))]

  /// Whether a text is a name that means nothing yet.
  private static func isFree(_ name: String) -> Bool {
    let isName =
      name.first?.isLetter ?? false && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isName && !functionNames.contains(name) && !constants.contains { $0.name == name }
  }

  indirect enum Expression: Sendable, Hashable {
    case number(Double)
    case variable(Int)
    case negation(Expression)
    case operation(Character, Expression, Expression)
    case call(String, Expression)
    case pair(String, Expression, Expression)
    case function(LawFunction)

    func value(at point: ArraySlice<Double>) -> Double {
      switch self {
      case .number(let number): return number
      case .function(let law): return law.function(point)
      case .variable(let index): return point[point.startIndex + index]
      case .negation(let inner): return -inner.value(at: point)
      case .operation(let symbol, let a, let b):
        let (left, right) = (a.value(at: point), b.value(at: point))
        switch symbol {
        case "+": return left + right
        case "-": return left - right
        case "*": return left * right
        case "/": return left / right
        default: return Double.pow(left, right)
        }
      case .call(let name, let inner): return Self.value(of: name, inner.value(at: point))
      case .pair(let name, let a, let b):
        let (first, second) = (a.value(at: point), b.value(at: point))
        switch name {
        case "pow": return Double.pow(first, second)
        case "max": return first.isNaN || second.isNaN ? .nan : Swift.max(first, second)
        default: return first.isNaN || second.isNaN ? .nan : Swift.min(first, second)
        }
      }
    }

    private static func value(of name: String, _ x: Double) -> Double {
      switch name {
      case "exp": Double.exp(x)
      case "log": Double.log(x)
      case "log10": Double.log10(x)
      case "log2": Double.log2(x)
      case "sin": Double.sin(x)
      case "cos": Double.cos(x)
      case "tan": Double.tan(x)
      case "tanh": Double.tanh(x)
      case "cosh": (Double.exp(x) + Double.exp(-x)) / 2
      // The difference of two powers would lose the digits of small arguments.
      case "sinh": Double.tanh(x) * ((Double.exp(x) + Double.exp(-x)) / 2)
      case "sqrt": x.squareRoot()
      case "erf": Double.erf(x)
      default: Swift.abs(x)
      }
    }
  }
}

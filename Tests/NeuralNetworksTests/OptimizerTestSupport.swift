import Components
import Kernels
import NeuralNetworks
import Tensors
import Testing

private let place = SourcePosition(file: "test", line: 1)

extension Catalog {
  /// A member by its name and arguments, as a recipe would have them.
  func decode(_ name: String, _ arguments: [String: String] = [:]) throws -> Product {
    try decode(
      RecipeNode(
        .call(
          name: name,
          arguments: arguments.sorted { $0.key < $1.key }.map { label, text in
            .init(label: label, position: place, value: RecipeNode(.scalar(text, isQuoted: false), at: place))
          }), at: place))
  }
}

/// Parameters with the state of a rule, in any precision.
final class RuleRun<Scalar: Real> {
  private let rule: any UpdateRule
  private let size: Int
  private let parameters: WorkMemory<Scalar>
  private let gradients: WorkMemory<Scalar>
  private let state: WorkMemory<Scalar>
  private var steps = 0

  init(_ rule: any UpdateRule, from start: [Double]) {
    self.rule = rule
    size = start.count
    let count = Scalar.groups(for: size) * Scalar.laneCount
    parameters = WorkMemory(count: count)
    gradients = WorkMemory(count: count)
    state = WorkMemory(count: count * max(rule.stateCount, 1))
    for (index, value) in start.enumerated() { parameters.base[index] = Scalar(value) }
  }

  var values: [Double] { (0..<size).map { Double(parameters.base[$0]) } }

  /// The numbers behind the last parameter.
  var padding: [Double] { (size..<parameters.count).map { Double(parameters.base[$0]) } }

  func step(_ gradient: [Double], rate: Double? = nil, _ adjustment: GradientAdjustment<Scalar>? = nil) {
    steps += 1
    for (index, value) in gradient.enumerated() { gradients.base[index] = Scalar(value) }
    rule.step(
      ParameterUpdate(
        parameters: parameters.base, gradients: gradients.base, state: state.base, count: parameters.count,
        step: steps, learningRate: rate ?? rule.learningRate, adjustment: adjustment))
  }
}

/// Parameters after some steps on gradients that a function gives.
func run<Scalar: Real>(
  _ rule: any UpdateRule, from start: [Double], steps: Int, in: Scalar.Type = Double.self,
  _ gradient: ([Double]) -> [Double]
) -> [Double] {
  let run = RuleRun<Scalar>(rule, from: start)
  for _ in 0..<steps { run.step(gradient(run.values)) }
  return run.values
}

extension Optimizers {
  /// The names of those that take a step for every batch.
  static let ruleNames = catalog.names.filter { (try? catalog.decode($0)) is any UpdateRule }
  /// The names of those that drive whole iterations.
  static let minimizerNames = catalog.names.filter { minimizers.contains($0) }

  static func rule(_ name: String, _ arguments: [String: String] = [:]) throws -> any UpdateRule {
    try #require(try catalog.decode(name, arguments) as? any UpdateRule)
  }

  static func minimizer(_ name: String, _ arguments: [String: String] = [:]) throws -> any Minimizer {
    try #require(try catalog.decode(name, arguments) as? any Minimizer)
  }
}

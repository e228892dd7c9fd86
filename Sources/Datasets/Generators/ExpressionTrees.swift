import Components
import Tensors

/// Random sums, differences and products of digits as trees, with their values: what a network over trees learns to
/// compute.
///
/// A sample has a row of three numbers for each node: its token, and the rows of its children, −1 for a leaf. Children
/// stand before their parents, the root in the last row; rows in front that a smaller tree does not need are leaves.
public struct ExpressionTrees: NumericGenerator {
  /// What is to be predicted of an expression.
  public enum Target: String, NamedChoice {
    /// Its value.
    case value
    /// Whether its value is negative, zero or positive.
    case sign
    /// Whether its value is even or odd.
    case parity
  }

  /// The number of examples.
  public var samples: Int
  /// The most operations on the way from the root to a leaf.
  public var depth: Int
  /// The largest digit.
  public var largest: Int
  /// The operations, each a character of `+-*`.
  public var operators: String
  /// What is to be predicted.
  public var target: Target

  /// Random expressions.
  public init(
    samples: Int = 500, depth: Int = 3, largest: Int = 4, operators: String = "+-", target: Target = .value
  ) {
    self.samples = samples
    self.depth = depth
    self.largest = largest
    self.operators = operators
    self.target = target
  }

  private static let depthParameter = Parameter<Int>(
    "depth", default: 3, "between 1 and 6", help: "The most operations between the root and a leaf."
  ) { (1...6).contains($0) }
  private static let largestParameter = Parameter<Int>(
    "largest", default: 4, "between 1 and 9", help: "The largest digit."
  ) { (1...9).contains($0) }
  private static let operatorsParameter = Parameter<String>(
    "operators", default: "+-", "one or more of + - *", help: "The operations, as in \"+-*\"."
  ) { !$0.isEmpty && $0.allSatisfy { "+-*".contains($0) } && Set($0).count == $0.count }
  private static let targetParameter = Parameter<Target>(
    "target", default: .value, help: "What is to be predicted.")
  static let component = Component<any Generator>(
    "expression-trees", help: "Random expressions as trees, with their values.",
    swift: "ExpressionTrees(samples, depth, largest, operators, target)",
    parameters: [Generators.samples, depthParameter, largestParameter, operatorsParameter, targetParameter]
  ) {
    ExpressionTrees(
      samples: $0[Generators.samples], depth: $0[depthParameter], largest: $0[largestParameter],
      operators: $0[operatorsParameter], target: $0[targetParameter])
  }

  /// The names of all tokens: digits, then operations.
  public var tokens: [String] { (0...largest).map { "\($0)" } + operators.map { "\($0)" } }

  /// The nodes of the largest tree.
  private var nodeCount: Int { (1 << (depth + 1)) - 1 }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    var inputs: [Double] = []
    var values: [Int] = []
    for _ in 0..<samples {
      var nodes: [[Int]] = []
      values.append(grow(depth, isRoot: true, &nodes, &stream).value)
      // What is not needed stands in front, so that rows of children move on by as many.
      let padding = nodeCount - nodes.count
      for _ in 0..<padding { inputs += [0, -1, -1] }
      for node in nodes {
        inputs += [Double(node[0])] + node[1...].map { Double($0 < 0 ? $0 : $0 + padding) }
      }
    }
    let features = (0..<nodeCount).flatMap { node in
      ["token", "left", "right"].map { Dataset.Feature(name: "\($0) of node \(node + 1)") }
    }
    return Dataset(
      features: features, inputs: Tensor(inputs, shape: [samples, nodeCount, 3]), targets: targets(values),
      vocabulary: tokens)
  }

  private func targets(_ values: [Int]) -> Dataset.Targets {
    switch target {
    case .value: .values(Tensor(values.map(Double.init), shape: [samples, 1]), names: ["value"])
    case .sign: .classes(values.map { $0.signum() + 1 }, names: ["negative", "zero", "positive"])
    case .parity: .classes(values.map { abs($0) % 2 }, names: ["even", "odd"])
    }
  }

  /// Puts a random tree behind the nodes there are, children first; the row of its root and its value.
  private func grow(
    _ depth: Int, isRoot: Bool, _ nodes: inout [[Int]], _ stream: inout RandomStream
  ) -> (row: Int, value: Int) {
    // A leaf where no operation fits, and now and then before.
    if depth == 0 || !isRoot && stream.uniform() < 0.3 {
      let digit = stream.integer(below: largest + 1)
      nodes.append([digit, -1, -1])
      return (nodes.count - 1, digit)
    }
    let number = stream.integer(below: operators.count)
    let left = grow(depth - 1, isRoot: false, &nodes, &stream)
    let right = grow(depth - 1, isRoot: false, &nodes, &stream)
    nodes.append([largest + 1 + number, left.row, right.row])
    let symbol = Array(operators)[number]
    let value =
      symbol == "+"
      ? left.value + right.value : symbol == "-" ? left.value - right.value : left.value * right.value
    return (nodes.count - 1, value)
  }
}

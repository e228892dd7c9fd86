import Components
import Tensors

/// Arms that wind around one center, a class each (after Lang and Witbrock's two spirals, 1988).
public struct Spirals: NumericGenerator {
  /// The number of examples, spread evenly over the arms.
  public var samples: Int
  /// The number of arms.
  public var classes: Int
  /// How often an arm winds around the center.
  public var turns: Double
  /// The standard deviation of both coordinates' noise; arms end at radius 1.
  public var noise: Double

  /// Arms of a spiral.
  public init(samples: Int = 500, classes: Int = 2, turns: Double = 1.5, noise: Double = 0.02) {
    self.samples = samples
    self.classes = classes
    self.turns = turns
    self.noise = noise
  }

  private static let classesParameter = Parameter<Int>(
    "classes", default: 2, "at least 2", help: "The number of arms, one a class."
  ) { $0 >= 2 }
  private static let turnsParameter = Parameter<Double>(
    "turns", default: 1.5, "above 0", help: "How often an arm winds around the center."
  ) { $0 > 0 }
  private static let noiseParameter = Generators.noise(0.02)
  static let component = Component<any Generator>(
    "spirals", help: "Arms that wind around one center, one a class.",
    swift: "Spirals(samples, classes, turns, noise)",
    parameters: [Generators.samples, classesParameter, turnsParameter, noiseParameter]
  ) {
    Spirals(
      samples: $0[Generators.samples], classes: $0[classesParameter], turns: $0[turnsParameter],
      noise: $0[noiseParameter])
  }

  public func dataset(using stream: inout RandomStream) -> Dataset {
    var inputs = Tensor<Double>(repeating: 0, shape: [samples, 2])
    let numbers = (0..<samples).map { $0 % classes }
    let most = max((samples - 1) / classes, 1)
    for (index, number) in numbers.enumerated() {
      // Equal steps along the arm: the square root keeps the center from being crowded.
      let radius = (0.02 + 0.98 * Double(index / classes) / Double(most)).squareRoot()
      let angle = 2 * .pi * (turns * radius + Double(number) / Double(classes))
      inputs[index, 0] = radius * Double.cos(angle) + noise * stream.normal()
      inputs[index, 1] = radius * Double.sin(angle) + noise * stream.normal()
    }
    return Dataset(
      features: Generators.plane, inputs: inputs,
      targets: .classes(numbers, names: (0..<classes).map { "arm \($0 + 1)" }))
  }
}

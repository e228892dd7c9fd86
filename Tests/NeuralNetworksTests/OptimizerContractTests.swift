import Components
import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("Every rule of steps")
struct OptimizerContractTests {
  /// Settings with which a rule finds the bottom, and how near it comes.
  private static let settings: [String: (arguments: [String: String], rate: Double, steps: Int)] = [
    "sgd": (["momentum": "0.5"], 0.05, 800), "adagrad": ([:], 0.5, 3000), "adadelta": ([:], 1, 40000),
    "rmsprop": ([:], 0.0005, 12000), "adam": ([:], 0.05, 800), "adamw": (["weight-decay": "0"], 0.05, 800),
    "nadam": ([:], 0.05, 800), "adamax": ([:], 0.05, 1500), "lion": ([:], 0.0005, 12000),
  ]

  private let bowl: ([Double]) -> [Double] = { zip($0, [1, 4, 0.5]).map { ($0 - 1) * $1 } }

  @Test("finds the bottom of a bowl", arguments: Optimizers.ruleNames)
  func bowl(name: String) throws {
    // A new rule needs settings here.
    let (arguments, rate, steps) = try #require(Self.settings[name])
    var rule = try Optimizers.rule(name, arguments)
    rule.learningRate = rate
    #expect(rule.name == name)
    for value in run(rule, from: [5, -3, 2], steps: steps, bowl) { #expect(abs(value - 1) < 1.5e-3) }
  }

  @Test("moves nothing at a vanishing step size", arguments: Optimizers.ruleNames)
  func vanishingRate(name: String) throws {
    var rule = try Optimizers.rule(name)
    rule.learningRate = 1e-30
    #expect(run(rule, from: [5, -3, 2], steps: 5, bowl) == [5, -3, 2])
  }

  @Test("takes the same steps again, in float too, and leaves gaps alone", arguments: Optimizers.ruleNames)
  func deterministic(name: String) throws {
    for arguments in Self.variants(of: name) {
      let rule = try Optimizers.rule(name, arguments)
      let first = RuleRun<Double>(rule, from: [5, -3, 2])
      let second = RuleRun<Double>(rule, from: [5, -3, 2])
      let float = RuleRun<Float>(rule, from: [5, -3, 2])
      for _ in 0..<9 {
        for run in [first, second] { run.step(bowl(run.values)) }
        float.step(bowl(float.values))
      }
      #expect(first.values == second.values && first.values != [5, -3, 2])
      #expect(first.padding.allSatisfy { $0 == 0 } && float.padding.allSatisfy { $0 == 0 })
      for (a, b) in zip(first.values, float.values) { #expect(abs(a - b) < 1e-5) }
    }
  }

  /// Settings of a rule that take different ways through its kernel.
  private static func variants(of name: String) -> [[String: String]] {
    switch name {
    case "sgd": [[:], ["momentum": "0.9"], ["momentum": "0.9", "preset": "pytorch"]]
    case "rmsprop": [[:], ["centered": "true", "momentum": "0.5"], ["preset": "pytorch"]]
    case "adam", "adamw": [[:], ["amsgrad": "true"], ["preset": "pytorch"]]
    case "lion": [[:], ["weight-decay": "0.1"]]
    default: [[:], ["preset": "pytorch"]]
    }
  }

  @Test("has the bits of one run when the vector is cut into many", arguments: Optimizers.ruleNames)
  func runs(name: String) throws {
    for arguments in Self.variants(of: name) {
      let rule = try Optimizers.rule(name, arguments)
      let start = (0..<70).map { Double($0) / 10 - 3 }
      // Clipping far above all gradients takes the way of adjusted runs and changes nothing.
      let blocks = [(0, 16), (16, 48), (64, 6)].map {
        ParameterRun(offset: $0, count: $1, isPenalized: true)
      }
      let adjustment = GradientAdjustment<Double>(blocks, clip: .value(1e6), for: rule)
      let (whole, cut) = (RuleRun<Double>(rule, from: start), RuleRun<Double>(rule, from: start))
      for _ in 0..<6 {
        whole.step(whole.values.map { $0 * $0 - 1 })
        cut.step(cut.values.map { $0 * $0 - 1 }, adjustment)
      }
      #expect(whole.values == cut.values)
    }
  }
}

@Suite("Keras' optimizer tests")
struct KerasGoldenTests {
  @Test("The single step at rate 0.5 from 1 to 4 with the gradients 1, 6, 7 and 2")
  func firstSteps() {
    let steps: [(any UpdateRule, [Double])] = [
      (.sgd(learningRate: 0.5), [0.5, -1, -0.5, 3]),
      (.rmsprop(learningRate: 0.5), [-0.5811, 0.4189, 1.4189, 2.4189]),
      (.adagrad(learningRate: 0.5), [0.5233, 1.5007, 2.5005, 3.5061]),
      (.adadelta(learningRate: 0.5), [0.9993, 1.9993, 2.9993, 3.9993]),
      (.adam(learningRate: 0.5), [0.5, 1.5, 2.5, 3.5]), (.adamax(learningRate: 0.5), [0.5, 1.5, 2.5, 3.5]),
      (.adamW(learningRate: 0.5), [0.4980, 1.4960, 2.494, 3.492]),
      (.nadam(learningRate: 0.5), [0.4686, 1.4686, 2.4686, 3.4686]),
      (.lion(learningRate: 0.5), [0.5, 1.5, 2.5, 3.5]),
    ]
    for (rule, expected) in steps {
      let found = run(rule, from: [1, 2, 3, 4], steps: 1) { _ in [1, 6, 7, 2] }
      for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-4, "\(rule.name)") }
    }
  }

  @Test("The series of five steps: gradients of 0.01, then of 0.1 to 1.0")
  func series() {
    let series: [(any UpdateRule, [Double])] = [
      (.adam(isAMSGrad: true), [0.999, 0.9982, 0.9974, 0.9965, 0.9955]),
      (.rmsprop(isCentered: true), [0.9967, 0.9933, 0.9908, 0.9885, 0.9864]),
      (
        .adadelta(learningRate: 1, rho: 0.8, epsilon: 1e-6), [0.9978, 0.9947, 0.9915, 0.9882, 0.9849]
      ),
      (.sgd(isNesterov: true), [0.9999, 0.9989, 0.9979, 0.9969, 0.9959]),
      (
        .adamW(learningRate: 1, epsilon: 2, weightDecay: 0.5), [0.4998, 0.2486, 0.1223, 0.0586, 0.0263]
      ),
      (.adamax(learningRate: 0.2, beta1: 0.85, beta2: 0.95), [0.8, 0.6827, 0.5333, 0.368, 0.1933]),
      (
        .nadam(learningRate: 0.5, beta1: 0.5, beta2: 0.67, epsilon: 1e-5),
        [0.4281, -0.1738, -0.7115, -1.2335, -1.7492]
      ),
      (.adagrad(learningRate: 0.2, initialAccumulator: 0.3), [0.9963, 0.9604, 0.9251, 0.8903, 0.856]),
    ]
    for (rule, expected) in series {
      let run = RuleRun<Double>(rule, from: [Double](repeating: 1, count: 10))
      for (number, value) in expected.enumerated() {
        run.step((1...10).map { number == 0 ? 0.01 : Double($0) / 10 })
        #expect(abs(run.values[0] - value) < 5e-4 * (1 + abs(value)), "\(rule.name), step \(number + 1)")
      }
    }
  }
}

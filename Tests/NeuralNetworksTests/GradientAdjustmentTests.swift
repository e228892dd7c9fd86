import Kernels
import NeuralNetworks
import Tensors
import Testing

@Suite("Penalties and clipping")
struct GradientAdjustmentTests {
  private let start: [Double] = [1, -2, 0, 0.5, 3, -1, 2, 4]
  private let gradient: [Double] = [3, -4, 0.1, 0, 12, 0, -5, 1]
  /// Weights, then biases, each filling lane groups.
  private let blocks = [
    ParameterRun(offset: 0, count: 8, isPenalized: true),
    ParameterRun(offset: 16, count: 8, isPenalized: false),
  ]

  /// The change of weights and biases that begin alike and have the same gradient, in one step of descent at rate one.
  private func change<Scalar: Real>(
    _ penalty: Penalty = .none, _ clip: GradientClip? = nil, in: Scalar.Type = Double.self
  ) -> (weights: [Double], biases: [Double]) {
    let gap = [Double](repeating: 0, count: 8)
    let run = RuleRun<Scalar>(.sgd(learningRate: 1), from: start + gap + start)
    let adjustment = GradientAdjustment<Scalar>(blocks, penalty: penalty, clip: clip, for: .sgd())
    run.step(gradient + gap + gradient, adjustment)
    let values = run.values
    #expect(values[8..<16].allSatisfy { $0 == 0 })
    return (zip(start, values).map { $0 - $1 }, zip(start, values[16...]).map { $0 - $1 })
  }

  private func agree(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-14) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) } && a.count == b.count
  }

  private func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  @Test("L2 and L1 add their derivatives to the gradient of weights alone; L1's is zero at zero")
  func penalties() {
    let found = change(Penalty(l2: 0.1, l1: 0.25))
    let expected = zip(gradient, start).map { gradient, weight in
      gradient + 0.1 * weight + (weight > 0 ? 0.25 : weight < 0 ? -0.25 : 0)
    }
    #expect(agree(found.weights, expected) && agree(found.biases, gradient))
    let float = change(Penalty(l2: 0.1, l1: 0.25), in: Float.self)
    #expect(agree(float.weights, expected, 1e-6) && agree(float.biases, gradient, 1e-6))
  }

  @Test("Clipping by value cuts elements, with their penalties")
  func clippingByValue() {
    let found = change(Penalty(l2: 1), .value(2))
    let cut = { (value: Double) in min(max(value, -2), 2) }
    #expect(agree(found.weights, zip(gradient, start).map { cut($0 + $1) }))
    #expect(agree(found.biases, gradient.map(cut)))
  }

  @Test("Clipping by norm scales each block that is longer, global clipping all alike")
  func clippingByNorm() {
    let length = norm(gradient)
    let each = change(.none, .norm(2))
    #expect(agree(each.weights, gradient.map { $0 * 2 / length }) && agree(each.biases, each.weights))
    let all = change(.none, .globalNorm(2))
    let whole = (2 * length * length).squareRoot()
    #expect(agree(all.weights, gradient.map { $0 * 2 / whole }) && agree(all.biases, all.weights))
    let penalized = change(Penalty(l2: 1), .norm(2))
    let sum = zip(gradient, start).map { $0 + $1 }
    #expect(agree(penalized.weights, sum.map { $0 * 2 / norm(sum) }))
    #expect(agree(penalized.biases, each.biases))
  }

  @Test("A gradient that is short enough stays as it is, bit for bit")
  func shortGradients() {
    let plain = change()
    for clip in [GradientClip.value(12), .norm(norm(gradient)), .globalNorm(100)] {
      let clipped = change(.none, clip)
      #expect(clipped.weights == plain.weights && clipped.biases == plain.biases)
    }
  }

  @Test("Decoupled decay shrinks weights, not biases, whatever the gradient")
  func decoupledDecay() {
    let gap = [Double](repeating: 0, count: 8)
    for rule in [.adamW(learningRate: 0.1, weightDecay: 0.3), .lion(learningRate: 0.1, weightDecay: 0.3)]
      as [any UpdateRule]
    {
      let run = RuleRun<Double>(rule, from: start + gap + start)
      run.step([Double](repeating: 0, count: 24), GradientAdjustment<Double>(blocks, for: rule))
      #expect(agree(Array(run.values[..<8]), start.map { $0 - 0.03 * $0 }))
      #expect(Array(run.values[16...]) == start)
    }
  }

  @Test("PyTorch's coupled decay is the penalty λ₂: Adam goes where the penalized gradient leads")
  func coupledDecay() {
    let penalized = RuleRun<Double>(.adam(), from: start)
    let byHand = RuleRun<Double>(.adam(), from: start)
    let adjustment = GradientAdjustment<Double>([blocks[0]], penalty: Penalty(l2: 0.2), for: .adam())
    for _ in 0..<10 {
      penalized.step(gradient, adjustment)
      byHand.step(zip(gradient, byHand.values).map { $0 + 0.2 * $1 })
    }
    #expect(agree(penalized.values, byHand.values))
  }

  @Test("The norm is the same number whatever stands behind it, and that of a plain sum")
  func norms() {
    var stream = RandomStream(seed: 4, .data)
    let count = 5000
    let memory = WorkMemory<Float>(count: count + 16)
    let zeros = WorkMemory<Float>(count: count + 16)
    for index in 0..<count { memory.base[index] = Float(stream.normal()) }
    let run = AdjustedRun(offset: 0, count: count, isPenalized: true)
    let sum = Float.adjustedSquares(zeros.base, memory.base, run)
    let plain = (0..<count).reduce(0.0) { $0 + Double(memory.base[$1]) * Double(memory.base[$1]) }
    #expect(abs(sum / plain - 1) < 1e-6)
    #expect(Float.adjustedSquares(zeros.base, memory.base, run) == sum)
  }
}

@Suite("Moving means of weights")
struct WeightAverageTests {
  @Test("follow Keras' rule: the first step counts alone, then each by its share")
  func rule() {
    let average = WeightAverage<Double>(momentum: 0.9, count: 3)
    let memory = WorkMemory<Double>(count: 8)
    var stream = RandomStream(seed: 2, .data)
    var expected: [Double] = []
    for step in 0..<20 {
      let values = (0..<3).map { _ in stream.normal() }
      for (index, value) in values.enumerated() { memory.base[index] = value }
      average.update(memory.base)
      expected = step == 0 ? values : zip(expected, values).map { 0.9 * $0 + (1 - 0.9) * $1 }
    }
    let last = (0..<3).map { memory.base[$0] }
    average.swap(memory.base)
    for (index, value) in expected.enumerated() { #expect(abs(memory.base[index] - value) < 1e-15) }
    average.swap(memory.base)
    #expect((0..<3).map { memory.base[$0] } == last)
  }

  @Test("Before the first step there is none, and nothing is exchanged")
  func beforeTheFirst() {
    let memory = WorkMemory<Float>(count: 16)
    memory.base[3] = 5
    WeightAverage<Float>(momentum: 0.9, count: 16).swap(memory.base)
    #expect(memory.base[3] == 5)
  }
}

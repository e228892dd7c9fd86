import Components
import NeuralNetworks
import Testing

@Suite("Every schedule")
struct ScheduleTests {
  /// Arguments that a schedule needs.
  private static let arguments = ["step": ["step-size": "5"], "exponential": ["gamma": "0.9"]]

  private func rates(
    _ schedule: any Schedule, base: Double = 0.1, epochs: Int = 40, stepsPerEpoch: Int = 3,
    losses: [Double] = []
  ) -> [Double] {
    var schedule = schedule
    return (0..<epochs).flatMap { epoch -> [Double] in
      defer { if epoch < losses.count { schedule.observe(validationLoss: losses[epoch]) } }
      return (0..<stepsPerEpoch).map { step in
        schedule.rate(
          base: base,
          at: TrainingProgress(epoch: epoch, step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs))
      }
    }
  }

  @Test("has rates between zero and its base that scale with it", arguments: Schedules.catalog.names)
  func bounds(name: String) throws {
    let schedule = try Schedules.catalog.decode(name, Self.arguments[name] ?? [:])
    #expect(schedule.name == name)
    let losses = [Double](repeating: 1, count: 40)
    let found = rates(schedule, losses: losses)
    #expect(
      found.allSatisfy { $0 >= 0 && $0 <= 0.1 * (1 + 1e-12) && $0.isFinite } && found.contains { $0 > 0 })
    for (a, b) in zip(found, rates(schedule, base: 0.2, losses: losses)) { #expect(abs(2 * a - b) < 1e-15) }
  }

  @Test("can do with a single step", arguments: Schedules.catalog.names)
  func singleStep(name: String) throws {
    let schedule = try Schedules.catalog.decode(name, Self.arguments[name] ?? [:])
    #expect(rates(schedule, epochs: 1, stepsPerEpoch: 1).allSatisfy { $0 > 0 && $0 <= 0.1 })
  }

  @Test("A cosine falls from the base to the minimum, in one cycle unless there is a period")
  func cosine() {
    let found = rates(.cosine(minimum: 0.02), epochs: 10, stepsPerEpoch: 100)
    #expect(found[0] == 0.1 && abs(found[500] - 0.06) < 1e-12 && found[999] - 0.02 < 1e-6)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0 >= $1 })
    let restarted = rates(.cosine(period: 2, multiplier: 2), epochs: 14, stepsPerEpoch: 5)
    #expect(restarted.indices.filter { restarted[$0] == 0.1 } == [0, 10, 30])
  }

  @Test("A warm-up rises in equal steps and loses none to a rate of zero")
  func warmUp() {
    let found = rates(.cosine(warmUp: 2), epochs: 10, stepsPerEpoch: 4)
    for step in 0..<8 { #expect(abs(found[step] - 0.1 * Double(step + 1) / 8) < 1e-15) }
    #expect(found[8] == 0.1 && found[9] < 0.1)
    // A training that is shorter than its warm-up.
    #expect(rates(.cosine(warmUp: 20), epochs: 3, stepsPerEpoch: 2).allSatisfy { $0 > 0 && $0 < 0.1 })
  }

  @Test("A plateau is counted by Keras' rule")
  func plateau() {
    // Better, worse, worse: a fall; two epochs without a count, of which the second counts again.
    let losses = [1, 1, 0.99995, 1, 1, 1, 1, 0.5, 0.6, 0.7]
    let found = rates(
      .reduceOnPlateau(factor: 0.5, patience: 2, cooldown: 2, minimum: 0.03), epochs: 10, stepsPerEpoch: 1,
      losses: losses)
    let expected = [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.03, 0.03, 0.03, 0.03]
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-15) }
  }

  @Test("A loss that is not a number is a worse one")
  func notANumber() {
    let found = rates(
      .reduceOnPlateau(patience: 1), epochs: 4, stepsPerEpoch: 1, losses: [1, .nan, 0.5, 0.4])
    for (a, b) in zip(found, [0.1, 0.1, 0.01, 0.01]) { #expect(abs(a - b) < 1e-15) }
  }
}

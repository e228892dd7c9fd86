import Components
import Search
import Tensors
import Testing

@Suite("Searches whose trials say what they have")
struct DynamicStudyTests {
  private enum Kind: String, CaseIterable { case line, network }

  /// A choice that decides what else is asked for, with a best place in both branches.
  @Sendable private static func branches(_ trial: inout DynamicTrial) -> Double {
    let scale = trial.float("scale", in: 1e-3...1, log: true)
    let penalty = square(Double.log(scale / 0.05))
    switch trial.choice("kind", among: Kind.self) {
    case .line:
      return 0.5 + penalty + square(trial.float("slope", in: -2...2) - 0.3)
    case .network:
      let layers = trial.integer("layers", in: 1...3)
      var loss = penalty + 0.1 * Double(3 - layers)
      for layer in 0..<layers { loss += square(Double(trial.integer("units-\(layer)", in: 4...32)) / 16 - 1) }
      return loss + (trial.boolean("bias") ? 0 : 0.2)
    }
  }

  private static func square(_ x: Double) -> Double { x * x }

  private func decoded(_ sampler: String) throws -> any Sampler {
    try Samplers.catalog.decode(
      RecipeNode(.scalar(sampler, isQuoted: false), at: SourcePosition(file: "test", line: 1)))
  }

  @Test("The space is what trials ask for, in the order in which they do")
  func space() throws {
    let found = try DynamicStudy(sampler: RandomSampler(), trialCount: 60, seed: 1).run(
      in: SerialPool(), objective: Self.branches)
    #expect(found.trials.count == 60)
    #expect(found.ending == .trials)
    #expect(Set(found.space.parameters.prefix(2).map(\.name)) == ["scale", "kind"])
    #expect(
      Set(found.space.parameters.map(\.name)) == [
        "scale", "kind", "slope", "layers", "units-0", "units-1", "units-2", "bias",
      ])
    for trial in found.trials {
      let values = Dictionary(found.values(of: trial)) { value, _ in value }
      let kind = values["kind"]
      #expect((kind == .text("line")) == (values["slope"] != nil))
      if kind == .text("network"), case .integer(let layers)? = values["layers"] {
        #expect((0..<3).allSatisfy { (values["units-\($0)"] != nil) == ($0 < layers) })
      }
      // The program finds the same with the same values.
      #expect(trial.state == .completed && trial.value.isFinite)
    }
  }

  private static let names = Samplers.catalog.names.filter {
    !["hypergradient", "population-based-training", "grid"].contains($0)
  }

  @Test(
    "Every sampler finds the same on any number of threads, and something better than chance",
    arguments: names)
  func samplers(name: String) throws {
    let isSlow = name == "gp"
    let isOfNumbers = Set(["cma-es", "nelder-mead", "cost-frugal", "simulated-annealing"]).contains(name)
    @Sendable func objective(_ trial: inout DynamicTrial) -> Double {
      guard isOfNumbers else { return Self.branches(&trial) }
      let x = trial.float("x", in: -5...5)
      return Self.square(x - 1) + (x > 0 ? Self.square(trial.float("y", in: -5...5) + 2) : 9)
    }
    let study = DynamicStudy(sampler: try decoded(name), trialCount: isSlow ? 30 : 80, lag: 3, seed: 5)
    let found = try study.run(in: SerialPool(), objective: objective)
    for threads in [2, 5] {
      let again = try study.run(in: ThreadPool(threads: threads), objective: objective)
      #expect(again.trials == found.trials)
      #expect(again.space == found.space)
    }
    let best = try #require(found.best)
    #expect(best.value < (isOfNumbers ? 1 : 0.9), "\(name): \(best.value)")
    #expect(found.trials.allSatisfy { found.space.parameters.count == $0.assignment.count })
  }

  @Test("A grid is gone through as soon as the first trial has said what there is")
  func grid() throws {
    let study = DynamicStudy(sampler: GridSampler(), trialCount: 100, seed: 1)
    let found = try study.run(in: ThreadPool(threads: 2)) { trial in
      Double(trial.integer("a", in: 1...4)) * (trial.boolean("b") ? 1 : 2)
    }
    #expect(found.ending == .exhausted)
    // The first trial said what there is; then each of the eight points was tried.
    #expect(Set(found.trials.dropFirst().map(\.assignment)).count == 8)
    #expect(found.trials.count == 9)
    #expect(found.best?.value == 1)
  }

  @Test("TPE learns in the branch that a trial is in: it beats random search")
  func learns() throws {
    func median(_ sampler: any Sampler) throws -> Double {
      try (1...15).map { seed in
        try #require(
          DynamicStudy(sampler: sampler, trialCount: 80, lag: 0, seed: seed).run(
            in: SerialPool(), objective: Self.branches
          ).best
        ).value
      }.sorted()[7]
    }
    #expect(try median(TPESampler()) < 0.7 * median(RandomSampler()))
  }

  @Test("Bounds and choices may differ from trial to trial; the space holds all of them")
  func growing() throws {
    let found = try DynamicStudy(sampler: TPESampler(), trialCount: 40, lag: 2, seed: 3).run(in: SerialPool())
    {
      trial in
      let most = 10 + trial.number
      let names = ["a", "b", "c"].prefix(1 + trial.number / 10)
      let choice = trial.choice("choice", among: Array(names))
      return Double(trial.integer("n", in: 1...most)) + (choice == "c" ? -5 : 0)
    }
    #expect(
      found.space.parameters == [
        .init(name: "choice", distribution: .choice(["a", "b", "c"])),
        .init(name: "n", distribution: .integer(low: 1, high: 49, step: 1, isLog: false)),
      ])
    for trial in found.trials { #expect(trial.assignment[1] <= Double(10 + trial.number)) }
  }

  @Test("Trials that are asked for come first, with their values")
  func enqueued() throws {
    var study = DynamicStudy(sampler: TPESampler(), trialCount: 20, seed: 3)
    study.enqueued = [
      ["kind": .text("network"), "layers": .integer(2), "bias": .boolean(true)],
      ["kind": .text("line"), "slope": .real(0.3), "scale": .real(0.05)],
    ]
    let found = try study.run(in: SerialPool(), objective: Self.branches)
    let first = Dictionary(found.values(of: found.trials[0])) { value, _ in value }
    #expect(first["kind"] == .text("network") && first["layers"] == .integer(2))
    #expect(first["bias"] == .text("true") && first["slope"] == nil)
    #expect((found.trials[1].value - 0.5).magnitude < 1e-12)
  }

  @Test("Trials that report are given up when others do better")
  func pruning() throws {
    @Sendable func objective(_ trial: inout DynamicTrial) throws -> Double {
      let rate = trial.float("rate", in: 0...1)
      var loss = 1.0
      for epoch in 1...20 {
        loss *= 1 - 0.3 * rate
        try trial.report(loss, at: epoch)
      }
      return loss
    }
    let study = DynamicStudy(
      sampler: TPESampler(), trialCount: 60, lag: 4, pruner: PercentilePruner(), seed: 2)
    let found = try study.run(in: SerialPool(), objective: objective)
    let pruned = found.trials.filter { $0.state == .pruned }
    #expect(pruned.count > 10)
    for trial in pruned { #expect(trial.reports.count < 20 && trial.value == trial.reports.last?.value) }
    for trial in found.trials where trial.state == .completed { #expect(trial.reports.count == 20) }
    #expect(try #require(found.best?.value) < 0.01)
    #expect(try study.run(in: ThreadPool(threads: 3), objective: objective).trials == found.trials)
    #expect(throws: DynamicStudyError.pausingPruner) {
      var study = study
      study.pruner = HalvingPruner(.asynchronous)
      _ = try study.run(in: SerialPool(), objective: objective)
    }
  }

  @Test("Several objectives and constraints")
  func objectives() throws {
    let study = DynamicStudy(
      sampler: NSGA2Sampler(), directions: [.minimize, .maximize], budget: StudyBudget(trials: 80), seed: 2)
    let found = try study.run(in: SerialPool()) { (trial: inout DynamicTrial) -> [Double] in
      let x = trial.float("x", in: 0...1)
      trial.violation = max(0, x - 0.8)
      return [x * x, x]
    }
    let front = found.study.paretoFront(of: found.trials)
    #expect(front.count > 10)
    #expect(front.allSatisfy { $0.assignment[0] <= 0.8 })
  }

  @Test("A program that throws has failed; the search goes on")
  func failures() throws {
    struct Broken: Error {}
    let found = try DynamicStudy(sampler: TPESampler(), trialCount: 30, seed: 2).run(in: SerialPool()) {
      trial in
      let x = trial.float("x", in: -1...1)
      if x < 0 { throw Broken() }
      return x
    }
    #expect(found.trials.count == 30)
    #expect(found.trials.contains { $0.state == .failed && $0.failure == "Broken()" })
    #expect(try #require(found.best?.value) >= 0)
    let none = try DynamicStudy(sampler: TPESampler(), trialCount: 5, seed: 2).run(in: SerialPool()) {
      (_: inout DynamicTrial) -> Double in
      throw Broken()
    }
    #expect(none.best == nil && none.trials.count == 5 && none.space.count == 0)
  }

  @Test("Budgets of time and patience, and a callback that stops")
  func endings() throws {
    let patient = DynamicStudy(
      sampler: RandomSampler(), directions: [.minimize], budget: StudyBudget(patience: 12), seed: 1)
    let found = try patient.run(in: SerialPool()) { trial in trial.float("x", in: 0...1) }
    #expect(found.ending == .patience)
    let endless = DynamicStudy(
      sampler: RandomSampler(), directions: [.minimize], budget: StudyBudget(seconds: 0.05), seed: 1)
    #expect(try endless.run(in: SerialPool()) { $0.float("x", in: 0...1) }.ending == .timeout)
    let stopped = try patient.run(
      in: SerialPool(), progress: { $0.values.count == 1 && $0.trial.number == 3 ? .stop : .goOn },
      objective: { $0.float("x", in: 0...1) })
    #expect(stopped.ending == .stopped && stopped.trials.count == 4)
  }

  private static let mistakes: [(@Sendable (inout DynamicTrial) -> Void, DynamicStudyError)] = [
    ({ _ = $0.float("x", in: 0...1, log: true) }, .logarithmOfZero(name: "x", low: 0)),
    ({ _ = $0.float("x", in: 0...(.infinity)) }, .notFinite(name: "x")),
    ({ _ = $0.float("x", in: 0...1, step: 0) }, .noStep(name: "x", step: 0)),
    ({ _ = $0.float("x", in: 1...2, step: 0.1, log: true) }, .stepsOfLogarithm(name: "x")),
    ({ _ = $0.integer("n", in: -1...3, log: true) }, .logarithmOfZero(name: "n", low: -1)),
    ({ _ = $0.integer("n", in: Int.min...3) }, .notFinite(name: "n")),
    ({ _ = $0.integer("n", in: 0...3, step: 0) }, .noStep(name: "n", step: 0)),
    ({ _ = $0.normal("z", mean: 0, deviation: 0) }, .notFinite(name: "z")),
    ({ _ = $0.choice("c", among: []) }, .noChoices(name: "c")),
    ({ _ = $0.choice("c", among: ["a", "a"]) }, .equalChoices(name: "c")),
    (
      {
        _ = $0.float("x", in: 0...1)
        _ = $0.float("x", in: 0...2)
      }, .askedTwice(name: "x")
    ),
    (
      { trial in
        if trial.number == 4 { _ = trial.integer("x", in: 0...1) } else { _ = trial.float("x", in: 0...1) }
      },
      .kindsDiffer(name: "x", first: "a number", second: "a whole number")
    ),
  ]

  @Test("What cannot be asked for ends the search with its name", arguments: 0..<12)
  func mistakes(index: Int) throws {
    let (ask, error) = Self.mistakes[index]
    #expect(throws: error) {
      _ = try DynamicStudy(sampler: TPESampler(), trialCount: 9, seed: 1).run(in: ThreadPool(threads: 2)) {
        (trial: inout DynamicTrial) -> Double in
        ask(&trial)
        return 0
      }
    }
    #expect(!error.sentence.isEmpty)
    // A sampler that cannot search what was asked for says so.
    #expect(throws: SamplerError.noNumbers(sampler: "cma-es")) {
      _ = try DynamicStudy(sampler: CMAESSampler(), trialCount: 9, seed: 1).run(in: SerialPool()) {
        $0.boolean("b") ? 1 : 0
      }
    }
  }
}

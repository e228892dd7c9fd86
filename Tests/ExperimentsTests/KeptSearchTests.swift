import Components
import Experiments
import Search
import Storage
import Tensors
import Testing

@Suite("Searches that are kept")
struct KeptSearchTests {
  private static let base = """
    data: {generate: two-moons, samples: 80}
    split: {test: 0.25}
    prepare: [standardize]
    evaluate: [accuracy]
    """

  private static func recipe(
    _ search: String, units: String = "!log-int [2, 16]", validate: String = "validate: {k-fold: 2}"
  ) -> String {
    """
    \(base)
    model: [dense(\(units), tanh), dense(2)]
    train: {epochs: 8, learning-rate: !log-uniform [1e-3, 1e-1]}
    \(validate)
    search: {\(search)}
    """
  }

  private static func run(_ text: String, _ home: Home? = nil) throws -> ExperimentResult {
    let keeper = home.map { SearchKeeper(home: $0, document: "report.md") }
    return try ExperimentRunner(pool: SerialPool(), keeper: keeper).run(try experiment(text))
  }

  @Test(
    "A study goes on where it stopped, and equals the one that was never stopped",
    arguments: [
      "sampler: tpe", "sampler: cma-es", "sampler: blend", "sampler: tpe, pruner: wilcoxon",
    ])
  func goesOn(settings: String) throws {
    let whole = try Self.run(Self.recipe("\(settings), trials: 14"))
    let home = Home()
    let first = try Self.run(Self.recipe("\(settings), trials: 6, study: moons"), home)
    #expect(first.trials.count == 6)
    let second = try Self.run(Self.recipe("\(settings), trials: 14, study: moons"), home)
    #expect(second.trials == whole.trials)
    #expect(second.values == whole.values)
    let study = try home.own.existingStudy(named: "moons")
    #expect(try home.own.trials(of: study).count == 14)
  }

  @Test("A study of another recipe is refused; a space may grow")
  func otherRecipes() throws {
    let home = Home()
    _ = try Self.run(Self.recipe("trials: 4, study: moons"), home)
    #expect(throws: SearchError.studyOfAnotherRecipe(name: "moons")) {
      try Self.run(Self.recipe("trials: 4, study: moons, sampler: random"), home)
    }
    #expect(throws: SearchError.studyOfAnotherRecipe(name: "moons")) {
      try Self.run(Self.recipe("trials: 4, study: moons").replacing("epochs: 8", with: "epochs: 9"), home)
    }
    let grown = try Self.run(Self.recipe("trials: 9, study: moons", units: "!log-int [2, 32]"), home)
    #expect(grown.trials.count == 9)
    #expect(throws: StorageError.self) {
      try Self.run(Self.recipe("trials: 9, study: moons", units: "!log-int [2, 3]"), home)
    }
    #expect(throws: StorageError.self) {
      try Self.run(
        Self.recipe("trials: 9, study: moons, objective: loss, direction: minimize"), home)
    }
  }

  @Test("Trials that come out otherwise than they are kept are refused")
  func differences() throws {
    let home = Home()
    let text = Self.recipe("trials: 4, study: moons")
    _ = try Self.run(text, home)
    let study = try home.own.existingStudy(named: "moons")
    let changed = try home.own.create("changed", directions: study.directions)
    for (key, value) in study.userAttributes {
      try home.own.setAttribute(key, value, isSystem: false, of: changed)
    }
    for var trial in try home.own.trials(of: study) {
      trial.values = trial.values.map(\.nextUp)
      try home.own.write(trial, to: changed)
    }
    #expect(throws: SearchError.trialDiffers(name: "changed", number: 0)) {
      try Self.run(text.replacing("study: moons", with: "study: changed"), home)
    }
  }

  @Test("A search begins with what an earlier study knows")
  func warmStart() throws {
    let home = Home()
    let earlier = try Self.run(Self.recipe("trials: 12, study: moons"), home)
    let cold = try Self.run(Self.recipe("trials: 6"), home)
    let warm = try Self.run(Self.recipe("trials: 6, warm-start: [moons]"), home)
    #expect(warm.trials.map(\.assignment) != cold.trials.map(\.assignment))
    #expect(earlier.trials.count == 12 && warm.trials.count == 6)
    #expect(throws: StorageError.studyMissing("sun", known: ["moons"])) {
      try Self.run(Self.recipe("trials: 6, warm-start: [sun]"), home)
    }
    #expect(throws: SearchError.noHome(name: "moons")) {
      try Self.run(Self.recipe("trials: 6, study: moons"))
    }
  }

  @Test("Variants and repetitions have a study each")
  func names() throws {
    let home = Home()
    let text = Self.recipe("trials: 3, study: moons") + "\nseeds: 2\nvariants: {a: {}, b: {train.epochs: 4}}"
    _ = try Self.run(text, home)
    let names = try home.own.studies().map(\.name).sorted()
    #expect(names == ["moons a", "moons a seed 2", "moons b", "moons b seed 2"])
  }

  @Test("A population's best schedule of hyperparameters is the final fit's")
  func population() throws {
    let search =
      "sampler: population-based-training(population: 5, stages: 4), objective: loss, direction: minimize"
    let text = Self.recipe(search, validate: "").replacing("test: 0.25", with: "test: 0.25, validation: 0.25")
    let result = try Self.run(text)
    #expect(result.trials.count == 20)
    let best = try #require(result.trials.filter { $0.state == .completed }.min { $0.value < $1.value })
    #expect(result.values["validation.loss"] == .real(best.value))
    #expect(
      result.trials.contains { trial in trial.training?.parent.map { $0 != trial.number - 5 } ?? false })
    // Units cannot change while a network learns; rates do.
    for trial in result.trials {
      guard let parent = trial.training?.parent else { continue }
      #expect(trial.assignment[0] == result.trials[parent].assignment[0])
    }
    #expect(throws: Never.self) { try experiment(Self.recipe("sampler: population-based-training")) }
    let short = Self.recipe("sampler: population-based-training").replacing("epochs: 8", with: "epochs: 3")
    #expect(decode(short).problems.contains { $0.contains("stops trainings on the way") })
    let home = Home()
    let kept = text.replacing("search: {", with: "search: {study: p, ")
    // It ends before a training has ended, and there is no best.
    #expect(throws: SearchError.self) {
      try Self.run(kept.replacing("sampler: pop", with: "trials: 8, sampler: pop"), home)
    }
    #expect(try Self.run(kept, home).trials == result.trials)
  }

  @Test("An ensemble is the mean of the predictions of the best trials")
  func ensemble() throws {
    let result = try Self.run(Self.recipe("trials: 6, ensemble: 3"))
    #expect(result.values["search.ensemble.members"]?.numbers?.count == 3)
    let members = try #require(result.values["search.ensemble.members"]?.numbers)
    let accuracies = try members.map { number -> Double in
      let assignment = result.trials[Int(number)].assignment
      let text = Self.recipe("trials: 1", units: "\(Int(assignment[0]))")
        .replacing("!log-uniform [1e-3, 1e-1]", with: "\(assignment[1])")
        .replacing("\nsearch: {trials: 1}", with: "")
      let single = try Self.run(text)
      return single.values["test.accuracy"]?.number ?? .nan
    }
    // The best alone is the first member.
    #expect(result.values["test.accuracy"]?.number == accuracies[0])
    let score = try #require(result.values["search.ensemble.test.accuracy"]?.number)
    #expect(score >= (accuracies.min() ?? 1) - 0.1 && score <= 1)
  }
}

/// A place of studies that lasts as long as a test.
private struct Home: StudyHome {
  let own = InMemoryStorage()

  var isFurnished: Bool { true }

  func storage(at location: String?) throws -> any StudyStorage { own }

  func recorder(
    of study: StudyRecord, in storage: any StudyStorage, space: SearchSpace, shares: Bool
  ) throws -> any StudyRecorder { try StorageRecorder(storage, study: study, space: space) }
}

extension String {
  fileprivate func replacing(_ text: String, with other: String) -> String {
    split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
  }
}

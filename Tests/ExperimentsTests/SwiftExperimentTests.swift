import Components
import Datasets
import Experiments
import NeuralNetworks
import Search
import Tensors
import Testing
import Validation

@Suite("Experiments in Swift")
struct SwiftExperimentTests {
  private let waves = (0..<120).map { Double.sin(0.4 * Double($0)) + 3 }

  private func experiment(_ mode: ForecastPlan.Mode) throws -> Experiment {
    let horizon = mode == .direct ? 8 : 1
    return try Experiment(
      "waves",
      data: .examples(try SeriesWindows.dataset(name: "w", values: waves, window: 6, horizon: horizon)),
      split: Split(test: 0.3), forecast: ForecastPlan(steps: 8, mode: mode), seed: 1,
      strategy: Strategy(
        preparations: [Standardize()], network: Sequential([Flatten(), Dense(horizon)]),
        settings: TrainingSettings(
          loss: MeanSquaredError(), optimizer: BFGS(), epochs: 100, precision: .double)))
  }

  @Test("continue a wave that a linear rule makes, step by step and all at once")
  func forecasts() throws {
    for mode in [ForecastPlan.Mode.iterated, .direct] {
      let result = try experiment(mode).run(in: SerialPool())
      let forecast = try #require(result.forecast)
      #expect(forecast.points.count == 8 && forecast.start == 84)
      for (index, value) in forecast.points.enumerated() {
        #expect(abs(value - waves[84 + index]) < 1e-4, "\(mode) \(index)")
      }
      #expect((result.values["forecast.skill"]?.number ?? 0) > 0.9999)
    }
  }

  @Test("throw what a recipe would have as a problem")
  func problems() throws {
    let strategy = Strategy(
      network: Sequential([Dense(3)]), settings: TrainingSettings(loss: CrossEntropy(), epochs: 1))
    func invalid(_ body: () throws -> Experiment) -> String? {
      do {
        _ = try body()
        return nil
      } catch {
        return (error as? ExperimentError)?.description
      }
    }
    let moons = ExperimentData.generated(TwoMoons(samples: 50))
    #expect(
      invalid { try Experiment(data: moons, strategy: strategy) }
        == "the last layer has 3 units, but the data have 2 classes")
    #expect(
      invalid { try Experiment(data: moons, forecast: ForecastPlan(steps: 2), strategy: strategy) }?
        .hasPrefix("forecast needs data that are windows of a series") == true)
    #expect(
      invalid {
        try Experiment(
          data: moons, search: SearchPlan(trials: 2), space: SearchSpace([])
        ) { _ in strategy }
      }?.hasPrefix("the recipe has a search, but no hyperparameter") == true)
    #expect(
      invalid { try Experiment(variants: [:]) } == "an experiment needs at least one variant")
  }

  @Test("write networks, predictions and folds, a row for every example")
  func exports() throws {
    let (found, problems) = decode(
      """
      data: {generate: two-moons, samples: 60}
      split: {test: 0.25, validation: 0.2}
      model: [dense(4, tanh), dense(2)]
      train: {epochs: 2}
      validate: {k-fold: 3}
      variants: {a: {}, b b: {train.epochs: 3}}
      export: [model, predictions, folds]
      """)
    #expect(problems.isEmpty)
    let files = try ExperimentRunner(pool: SerialPool()).run(try #require(found)).exportedFiles()
    #expect(
      files.map(\.name) == [
        "test-a-model.json", "test-a-model.safetensors", "test-b-b-model.json", "test-b-b-model.safetensors",
        "test-predictions.csv", "test-folds.csv",
      ])
    let rows = files.suffix(2).map { String(decoding: $0.contents, as: UTF8.self).split(separator: "\n") }
    #expect(rows[0].count == 1 + 2 * 60 && rows[1].count == 1 + 2 * 45)
    #expect(rows[0][0].hasPrefix("variant,part,example,target,prediction,probability of"))
    #expect(
      rows[0].count { $0.hasPrefix("a,test,") } == 15 && rows[0].count { $0.hasPrefix("a,validation,") } == 9)
  }
}

import Experiments
import NeuralNetworks
import Plotting
import Search
import Testing
import Validation

@Suite("Figures of training, predictions, validation and searches")
struct ResultFigureTests {
  // MARK: What is computed for them

  @Test("The areas and the average precision are those of scikit-learn's own example")
  func ranked() throws {
    let part = Plot.ScoredPart(
      "a", scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true])
    let names = Plot.rocCurve([part]).marks.compactMap(\.series)
    #expect(names == ["a, area 0.750"])
    let steps = try #require(Plot.precisionRecall([part]).marks.first)
    #expect(steps.series == "a, average 0.833")
    // Equal scores share a threshold: chance.
    let ties = Plot.ScoredPart("b", scores: [1, 1, 1, 1], isPositive: [true, false, true, false])
    #expect(Plot.rocCurve([ties]).marks.compactMap(\.series) == ["b, area 0.500"])
  }

  @Test("Folds are averaged with a band of one standard deviation")
  func foldBand() throws {
    let perfect = Plot.ScoredPart("a", scores: [0, 1], isPositive: [false, true])
    let wrong = Plot.ScoredPart("a", scores: [1, 0], isPositive: [false, true])
    let plot = Plot.rocCurve(folds: [perfect, wrong])
    let line = try #require(plot.marks.compactMap { $0 as? LineMark }.last)
    // Between 0 and 1, one fold has found everything and the other nothing.
    #expect(line.y[50] == 0.5 && line.y[0] == 0 && line.y[100] == 1)
    let band = try #require(plot.marks.compactMap { $0 as? BandMark }.first)
    #expect(band.lower[50] == 0 && band.upper[50] == 1)
    #expect(line.series?.hasPrefix("mean of 2 folds, area 0.5") == true)
  }

  @Test("A power law is found again and gives the limit of its learning curve")
  func extrapolation() throws {
    let sizes = [20.0, 50, 100, 300, 1000]
    let scores = sizes.map { [0.95 - 2 / $0.squareRoot()] }
    let plot = Plot.learningCurve(sizes: sizes, training: [], validation: scores, score: "accuracy")
    let rule = try #require(plot.marks.compactMap { $0 as? RuleMark }.first?.y)
    #expect((rule - 0.95).magnitude < 1e-9)
    let further = try #require(
      plot.marks.compactMap { $0 as? LineMark }.first { $0.series == "extrapolated" })
    #expect((try #require(further.x.last) - 4000).magnitude < 1e-6)
    #expect((try #require(further.y.last) - (0.95 - 2 / 4000.0.squareRoot())).magnitude < 1e-9)
  }

  @Test("Confusion counts rows by truth, and the mean of a window looks back")
  func counts() throws {
    let plot = Plot.confusionMatrix(
      truth: [0, 0, 1, 1, 5], predicted: [0, 1, 1, 1, 0], classes: ["a", "b"])
    let cells = try #require(plot.marks.first as? HeatMapMark)
    #expect(cells.texts == ["1", "1", "0", "2"] && cells.grid.values == [0.5, 0.5, 0, 1])
    let curves = Plot.lossCurves(training: [1, 1, 1, 1], validation: [4, 2, 0, 2], window: 2)
    let mean = try #require(curves.marks.compactMap { $0 as? LineMark }.last)
    #expect(mean.y == [4, 3, 1, 1] && mean.series == "validation, mean of 2 epochs")
  }

  @Test("The best value so far never gets worse; values that are no numbers are passed over")
  func best() throws {
    let plot = Plot.searchHistory(values: [3, .nan, 2, 5, 1], direction: .minimize, objective: "loss")
    #expect(plot.marks.compactMap { $0 as? StepMark }.first?.y == [3, 3, 2, 2, 1])
  }

  @Test("Networks are drawn by their kind")
  func networks() throws {
    let dense = try Plot.networkDiagram(Sequential([Dense(30), Dense(2)]), input: [3])
    let nodes = try #require(dense.marks.first as? GraphMark).nodes
    // Ten of thirty units are shown, with a sign for the others, and a caption for each layer.
    #expect(nodes.count == 3 + 10 + 2 + 3)
    let images = try Plot.networkDiagram(
      Sequential([Convolution2D(8, kernel: 3), Flatten(), Dense(2)]), input: [8, 8, 1])
    #expect(Figure.plot(images).alternativeText.contains("6×6×8 conv2d"))
    let recurrent = try Plot.networkDiagram(
      Sequential([LongShortTermMemory(4), Dense(1)]), input: [12, 2])
    #expect(Figure.plot(recurrent).alternativeText.contains("x_12"))
    #expect(throws: NetworkError.self) {
      try Plot.networkDiagram(Sequential([Convolution2D(8, kernel: 9)]), input: [4, 4, 1])
    }
  }

  // MARK: Any data

  @Test(
    "Any data are drawn without a trap and without values that are no numbers", arguments: hostile.indices)
  func anyData(index: Int) throws {
    let values = Self.hostile[index]
    for figure in try Self.figures(values) {
      for size in [FigureSize(width: 3, height: 2), figure.size(fitting: 3.4), figure.size] {
        let drawing = PlotLayout(measurer: FixedRatioMeasurer()).drawing(of: figure, size: size)
        #expect(!drawing.description.contains("nan"))
      }
      #expect(!figure.alternativeText.isEmpty)
    }
  }

  private static let hostile: [[Double]] = [
    [], [1], [2, 2, 2], [.nan, .nan], [.infinity, -.infinity, 0], [1e300, -1e300, 1e-300], [0, 0],
    [-1, -2, 0],
    (0..<70).map { Double($0 % 13) / 7 }, [-1, .nan, 3, .infinity, 5],
  ]

  private static func figures(_ values: [Double]) throws -> [Figure] {
    let short = Array(values.dropLast())
    let names = values.map { _ in String(repeating: "very long name ", count: 9) }
    let numbers = values.indices.map { $0 * 7 % 23 - 1 }
    let parts = [Plot.ScoredPart("a", scores: values, isPositive: numbers.map { $0 > 4 })]
    let parameter = SearchedParameter("a", values: values)
    let log = SearchedParameter("a_very_long_name_of_a_parameter", values: short, isLogarithmic: true)
    let choice = SearchedParameter("c", values: values, choices: Array(names.prefix(2)))
    let lists = values.map { [$0, 1, .nan] }
    let plots: [Plot] = [
      .lossCurves(training: values, validation: short, window: 3, restored: 2),
      .generalizationGap(training: values, validation: short), .learningRate(values), .gradientNorm(values),
      .predictions(truth: values, predicted: short, name: names.first ?? ""), .pulls(values),
      .rocCurve(parts), .rocCurve(folds: parts + parts), .precisionRecall(parts),
      .precisionRecall(folds: parts + parts), .calibration(parts, bins: 0),
      .confusionMatrix(truth: numbers, predicted: numbers.reversed(), classes: names),
      .decisionBoundary(x: values, y: short, classes: numbers, names: ["a", "b"], samples: 5) {
        $0.map { [$0.x, $0.y] }
      },
      .lossSurface(x: -1...1, y: 0...2, paths: [.init("a", values.map { ($0, $0) })], samples: 4) {
        (values.first ?? $0) * $1
      },
      .fit(x: values, y: short, errors: short, curve: { $0 }, law: { 1 / $0 }),
      .foldScores(values, name: "score"),
      .foldPicture(
        numbers.map { Fold(training: [0, 1], held: [max($0, 2)]) }, examples: Array(0..<30), test: 3),
      .learningCurve(sizes: values, training: lists, validation: lists, score: "s"),
      .validationCurve(parameter: "p", values: values, training: lists, validation: [], score: "s"),
      .biasVariance(levels: names, bias: values, variance: short, biasErrors: values),
      .coverage(pulls: values),
      .closureTest(x: values, law: short, data: values, errors: short, mean: values, deviation: values),
      .searchHistory(values: values, direction: .maximize, objective: "o", baseline: values.first),
      .paretoFront(
        x: values, y: short, front: numbers, directions: (.minimize, .maximize), xObjective: "a_b",
        yObjective: "o", isFeasible: values.map { $0 > 0 }),
      .parallelCoordinates([parameter, log, choice], scores: values, objective: "o"),
      .parameterContour(parameter, log, scores: values, objective: "o", best: 0),
      .parameterImportances(names: names, shares: values, errors: short),
      .empiricalDistribution(["a": values, "b": []], objective: "o"),
      .rungs([.init(resources: values, values: short, isStopped: true)], objective: "o"),
      .trialTimeline(values.map { .init(number: 1, worker: "w", start: $0, end: 1) }),
    ]
    let grids: [PlotGrid] = [
      .residuals(truth: values, predicted: short), .metricCurves(names: ["a", "b"], training: [values]),
      .layerSpread(names: ["a", "b"], moments: values, values: [lists]),
      .images([lists, []], titles: ["a"]),
      .parameterSlices([parameter, log, choice], scores: values, best: 9, objective: "o"),
      .parzenEstimators(
        parameter: "p", x: values, good: values, other: short, share: 0.1, goodTrials: values),
      .gaussianProcess(
        parameter: "p", x: values, mean: short, deviation: values, observedX: values, observedY: short,
        acquisition: values),
      .gridAgainstRandom(count: 0) { $0 * (values.first ?? 1) },
    ]
    return plots.map(Figure.plot) + grids.map(Figure.grid)
  }
}

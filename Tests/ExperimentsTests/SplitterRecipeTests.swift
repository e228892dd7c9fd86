import Components
import Experiments
import Foundation
import Plotting
import Testing
import Validation

@Suite("Splitters in recipes")
struct SplitterRecipeTests {
  /// A folder with a series, and with a table whose rows belong to groups.
  private static let folder: String = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lectern-splitters")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let series = "t,y\n" + (0..<40).map { "\($0),\($0 % 7)\n" }.joined()
    let names = ["north", "south", "east", "west", "far"]
    let rows = (0..<40).map { "\(names[$0 * 3 % 7 % 5]),\($0 % 4),\($0 % 3),\($0 % 5 == 0 ? "no" : "yes")\n" }
    let groups = "place,year,a,kind\n" + rows.joined()
    for (name, text) in [("sun.csv", series), ("groups.csv", groups)] {
      try? Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    return folder.path
  }()

  private static let places =
    "data: {csv: groups.csv, target: kind, group: place}\nmodel: [dense(2)]\ntrain: {epochs: 1}\nprepare: [one-hot]\n"
  private static let years = places.replacing("group: place", with: "group: year, drop: place")
  private static let sun =
    "data: {csv: sun.csv, series: y, window: 3}\nmodel: [simple-rnn(2), dense(1)]\ntrain: {epochs: 1}\n\n"
  private static let numbers = "data: {generate: sine}\nmodel: [dense(1)]\ntrain: {epochs: 1}\n\n"
  private static let tuned = numbers.replacing(
    "{epochs: 1}\n", with: "{epochs: 1, learning-rate: !uniform [0.1, 0.2]}\nsearch: {trials: 2}")

  // MARK: Right ones

  /// Beginnings of recipes, what stands behind `validate:`, and the Swift that it means.
  private static let forms: [(String, String, String)] = [
    (places, "{k-fold: 5}", "KFold(5)"), (places, "k-fold(4, shuffle: false)", "KFold(4, isShuffled: false)"),
    (places, "{k-fold: 3, stratified: true}", "StratifiedKFold(3)"),
    (places, "{k-fold: 3, grouped: true}", "GroupKFold(3)"),
    (
      places, "{k-fold: 3, grouped: true, stratified: true, shuffle: false}",
      "StratifiedGroupKFold(3, isShuffled: false)"
    ),
    (places, "{k-fold: 3, repeats: 4}", "RepeatedSplitter(KFold(3), repeats: 4)"),
    (places, "leave-one-out", "LeaveOneOut()"), (places, "{leave-one-out: }", "LeaveOneOut()"),
    (places, "{leave-p-out: 2, samples: 20}", "LeavePOut(2, samples: 20)"),
    (places, "{leave-p-out: 39}", "LeavePOut(39)"), (places, "{leave-groups-out: 1}", "LeaveGroupsOut(1)"),
    (places, "{shuffle-split: 10}", "ShuffleSplit(10, test: 0.1)"),
    (places, "{shuffle-split: 3, test: 0.25, train: 0.5}", "ShuffleSplit(3, test: 0.25, training: 0.5)"),
    (places, "{shuffle-split: 3, stratified: true}", "StratifiedShuffleSplit(3, test: 0.1)"),
    (places, "{shuffle-split: 3, test: 0.4, grouped: true}", "GroupShuffleSplit(3, test: 0.4)"),
    (sun, "{time-series: 4}", "TimeSeriesSplit(4)"),
    (
      sun, "{time-series: 4, gap: 1, max-train-size: 9, test-size: 3}",
      "TimeSeriesSplit(4, gap: 1, maxTrainSize: 9, testSize: 3)"
    ),
    (
      places, "{folds: {coast: [north, far], inland: {groups: [east, west], weight: 2}, other: south}}",
      "PredefinedFolds([.init(\"coast\", groups: [\"north\", \"far\"]), "
        + ".init(\"inland\", groups: [\"east\", \"west\"], weight: 2.0), .init(\"other\", groups: [\"south\"])])"
    ),
    (
      years, "{folds: {old: [0, 1.0], new: 3}}",
      "PredefinedFolds([.init(\"old\", groups: [\"0\", \"1.0\"]), .init(\"new\", groups: [\"3\"])])"
    ),
    (
      tuned, "{nested: {outer: {k-fold: 3, repeats: 2}, inner: 4}}",
      "NestedSplitter(outer: RepeatedSplitter(KFold(3), repeats: 2), inner: KFold(4))"
    ),
    (
      tuned, "{nested: {outer: leave-one-out, inner: {shuffle-split: 2}}}",
      "NestedSplitter(outer: LeaveOneOut(), inner: ShuffleSplit(2, test: 0.1))"
    ),
  ]

  @Test("are read, are settings of the report, and have a form in Swift", arguments: forms.indices)
  func decoding(index: Int) throws {
    let (start, text, swift) = Self.forms[index]
    let (found, problems) = decode(start + "validate: " + text, folder: Self.folder)
    #expect(problems == [])
    let experiment = try #require(found)
    #expect(try experiment.swiftText().contains("validate: \(swift),"))
    #expect(experiment.settings.contains { $0.path.hasPrefix("validate") && $0.isGiven })
  }

  @Test("Defaults of the splitter are settings in force")
  func settings() throws {
    let (found, _) = decode(Self.places + "validate: {k-fold: 3}", folder: Self.folder)
    let settings = try #require(found).settings.filter { $0.path.hasPrefix("validate.") }
    #expect(
      settings.map { "\($0.path) \($0.value) \($0.isGiven)" } == [
        "validate.k-fold 3 true", "validate.stratified false false", "validate.grouped false false",
        "validate.repeats 1 false", "validate.shuffle true false",
      ])
  }

  // MARK: Wrong ones

  /// Beginnings of recipes, what stands behind `validate:` on line 5, and what is said about it.
  private static let wrong: [(String, String, String)] = [
    (places, "{k-flod: 5}", "5:12: error: unknown key \"k-flod\" in validate (did you mean \"k-fold\"?)"),
    (places, "{grouped: true}", "5:11: error: validate needs the key \"k-fold\""),
    (
      places, "leave-one",
      "5:11: error: unknown splitter \"leave-one\" (did you mean \"leave-one-out\"?)"
    ),
    (places, "5", "5:11: error: \"validate\" must be a splitter, as in {k-fold: 5}, not the number 5"),
    (places, "[3]", "5:11: error: \"validate\" must be a splitter, as in {k-fold: 5}, not a list"),
    (
      places, "{k-fold: 3, strafified: true}",
      "5:23: error: unknown key \"strafified\" in k-fold (did you mean \"stratified\"?)"
    ),
    (places, "{k-fold: 3, repeats: 0}", "5:32: error: \"repeats\" must be between 1 and 100, not 0"),
    (
      places, "{shuffle-split: 1001}",
      "5:27: error: \"shuffle-split\" must be between 1 and 1000, not 1001"
    ),
    (
      places, "{leave-p-out: 20, samples: 1e15}",
      "5:38: error: \"samples\" must be between 1 and 1000, not 1000000000000000"
    ),
    (
      places, "{k-fold: 3, repeats: 2, shuffle: false}",
      "5:32: error: all 2 repeats have the same folds (leave out repeats, or shuffle: false)"
    ),
    (
      places, "{k-fold: 9, stratified: true}",
      "5:20: error: the class \"no\" has 8 examples, which is less than the 9 folds"
    ),
    (
      numbers, "{k-fold: 3, stratified: true}",
      "5:35: error: stratified needs classes, but the target is a number"
    ),
    (
      numbers, "{k-fold: 3, grouped: true}",
      "5:32: error: grouped needs groups, but the data name none "
        + "(name their column, as in data: {csv: points.csv, target: y, group: patient})"
    ),
    (
      places, "{k-fold: 6, grouped: true}",
      "5:32: error: grouped needs at least 6 groups, but there are 5"
    ),
    (
      places, "{leave-p-out: 5}",
      "5:25: error: leave-p-out has 658008 splits, more than 1000 (draw some of them, as in samples: 200)"
    ),
    (
      places, "{leave-p-out: 1, samples: 41}",
      "5:37: error: 41 samples are more than the 40 splits that there are"
    ),
    (places, "{leave-p-out: 40}", "5:25: error: leave-p-out needs at least 41 examples, but there are 40"),
    (
      places, "{leave-groups-out: 5}",
      "5:30: error: leave-groups-out needs at least 6 groups, but there are 5"
    ),
    (places, "{shuffle-split: 2, test: 1}", "5:36: error: \"test\" must be between 0 and 1, not 1"),
    (
      places, "{shuffle-split: 2, test: 0.6, train: 0.5}",
      "5:48: error: shuffle-split would hold out 24 and learn from 20, but there are only 40"
    ),
    (
      places, "{shuffle-split: 2, test: 0.6, train: 0.01}",
      "5:48: error: shuffle-split would learn from nothing"
    ),
    (
      places, "{shuffle-split: 2, test: 0.01, stratified: true}",
      "5:54: error: the test side has 1 example for 2 classes"
    ),
    (
      places, "{shuffle-split: 2, stratified: true, grouped: true}",
      "5:57: error: \"stratified\" and \"grouped\" exclude each other: parts are drawn of classes or of groups"
    ),
    (
      sun, "{time-series: 40}",
      "5:25: error: 40 splits of 1 example each leave nothing to learn from: there are 37 examples"
    ),
    (
      sun, "{time-series: 3, gap: 20}",
      "5:33: error: 3 splits of 9 examples each, with a gap of 20, leave nothing to learn from: there are 37 examples"
    ),
    (
      sun, "{time-series: 3, test-size: 12}",
      "5:39: error: 3 splits of 12 examples each leave nothing to learn from: there are 37 examples"
    ),
    (
      sun, "{shuffle-split: 3}",
      "5:27: error: shuffle-split would shuffle a series, which is divided in time order "
        + "(as in validate: {time-series: 5})"
    ),
    (
      sun, "leave-one-out",
      "5:11: error: leave-one-out would shuffle a series, which is divided in time order "
        + "(as in validate: {time-series: 5})"
    ),
    (
      places, "{folds: {a: [nroth]}}",
      "5:19: error: the data have no group \"nroth\" (did you mean \"north\"?)"
    ),
    (
      places, "{folds: {a: [north, far], b: [far]}}",
      "5:19: error: the group \"far\" stands in both folds \"a\" and \"b\""
    ),
    (
      places, "{folds: {a: [north, south, east, west, far]}}",
      "5:19: error: the fold \"a\" has no examples to learn from"
    ),
    (
      places, "{folds: [a]}",
      "5:19: error: \"folds\" must be a map from names to groups, as in {north: [a, b], south: [c]}, not a list"
    ),
    (
      places, "{folds: {a: {groups: [north], weight: 0}}}",
      "5:49: error: \"weight\" must be above 0 and finite, not 0"
    ),
    (places, "{folds: {a: {weight: 2}}}", "5:23: error: fold needs the key \"groups\""),
    (places, "{folds: {a: []}}", "5:23: error: \"groups\" must be at least one, not []"),
    (
      numbers, "{nested: {outer: 3, inner: 3}}",
      "5:20: error: nested folds score a search, but the recipe has none "
        + "(add search: {sampler: tpe, trials: 30}, or validate: {k-fold: 5})"
    ),
    (tuned, "{nested: {outer: 3}}", "5:20: error: nested needs the key \"inner\""),
    (tuned, "{nested: {outer: 1, inner: 3}}", "5:28: error: \"k-fold\" must be at least 2, not 1"),
    (
      tuned, "{nested: {outer: 3, inner: {k-fold: 500}}}",
      "5:47: error: k-fold needs at least 500 examples, but there are 66"
    ),
    (
      tuned, "{nested: {outer: 3, inner: {nested: {outer: 2, inner: 2}}}}",
      "5:38: error: \"nested\" has two levels, not more"
    ),
    (
      tuned.replacing("{trials: 2}", with: "{trials: 2, objective: r2}"), "leave-one-out",
      "4:32: error: r2 needs at least 2 examples, but folds hold out 1 "
        + "(search for loss, or hold out more, as in validate: {k-fold: 5})"
    ),
  ]

  @Test("are said in one sentence at their place", arguments: wrong.indices)
  func problems(index: Int) {
    let (start, text, expected) = Self.wrong[index]
    #expect(decode(start + "validate: " + text, folder: Self.folder).problems == ["report.md:\(expected)"])
  }

  @Test("Variants on different folds have no pairs to test")
  func unpaired() throws {
    let recipe =
      Self.numbers
      + "validate: {k-fold: 3}\nvariants: {a: {}, b: {validate: {k-fold: 4}}, c: {train.epochs: 2}}"
    let experiment = try #require(decode(recipe).experiment)
    let result = try ExperimentRunner(pool: SerialPool()).run(experiment)
    #expect(Set(result.values.keys) == Set(experiment.valuePaths))
    #expect(result.values["compare.b.mse.p-value"] == nil)
    let means = try ["a", "b"].map { try #require(result.values["variants.\($0).cv.mse.mean"]?.number) }
    let difference = try #require(result.values["compare.b.mse.difference"]?.number)
    #expect((difference - (means[1] - means[0])).magnitude < 1e-12)
    #expect(
      decode(recipe + "\ncompare: {test: wilcoxon}").problems == [
        "report.md:7:17: error: a test of differences needs the same folds for all variants "
          + "(leave out validate in the variants)"
      ])
  }

  // MARK: Results

  private func result(_ recipe: String) throws -> ExperimentResult {
    let (found, problems) = decode(recipe, folder: Self.folder)
    #expect(problems == [])
    return try ExperimentRunner(pool: SerialPool()).run(try #require(found))
  }

  @Test("Folds with names count by their weights, and their errors follow from their sizes")
  func weights() throws {
    let result = try result(
      Self.places + "validate: {folds: {a: [north, far], b: {groups: [east, west], weight: 3}}}")
    let scores = try #require(result.values["cv.accuracy.folds"]?.numbers)
    let mean = try #require(result.values["cv.accuracy.mean"]?.number)
    #expect(scores.count == 2 && (mean - (scores[0] + 3 * scores[1]) / 4).magnitude < 1e-15)
    let sizes = result.heldOut.map(\.examples.count).map(Double.init)
    let ratio = (sizes[0] / (40 - sizes[0]) + sizes[1] / (40 - sizes[1])) / 2
    let loss = try #require(result.values["cv.loss.error"]?.number)
    let deviation = try #require(result.values["cv.loss.std"]?.number)
    #expect((loss - (0.5 + ratio).squareRoot() * deviation).magnitude < 1e-12)
    let view = try #require(ResultView.named("folds")?.make(result))
    guard case .table(let table) = view else {
      Issue.record("the folds are a table")
      return
    }
    #expect(table.rows.map { $0[0] } == [.text("a"), .text("b")])
    #expect(table.caption?.contains("approximate") == true)
    #expect(ResultView.named("fold-picture")?.make(result) != nil)
  }

  @Test("What single examples cannot tell, their predictions together can")
  func pooled() throws {
    let result = try result(
      Self.numbers.replacing("sine", with: "sine, samples: 12") + "validate: leave-one-out")
    #expect(result.folds.count == 12)
    #expect(result.values["cv.r2.mean"]?.number?.isNaN == true)
    let pooled = try #require(result.values["cv.r2.pooled"]?.number)
    let mean = try #require(result.values["cv.mse.mean"]?.number)
    let together = try #require(result.values["cv.mse.pooled"]?.number)
    #expect(pooled.isFinite && (mean - together).magnitude < 1e-12)
  }

  @Test("Nested searches choose for every outer fold without what it holds out")
  func nested() throws {
    let recipe = Self.tuned + "validate: {nested: {outer: 3, inner: 2}}"
    let nested = try result(recipe)
    let choices = try #require(nested.values["search.nested.values"]?.numbers)
    #expect(choices.count == 3 && Set(choices).count == 3)
    guard case .list(let parameters)? = nested.values["search.nested.params"] else {
      Issue.record("every outer fold has its parameters")
      return
    }
    #expect(parameters.count == 3 && Set(parameters.map(\.json)).count == 3)
    #expect(nested.folds.count == 3 && nested.trials.count == 2)
    // The last search looks at the inner folds of everything, as a search without nesting does.
    let plain = try result(Self.tuned + "validate: {k-fold: 2}")
    #expect(nested.values["search.best.value"] == plain.values["search.best.value"])
    #expect(nested.values["search.values"] == plain.values["search.values"])
    #expect(try result(recipe).values == nested.values)
  }

  @Test("The picture of folds shows what each learns from, holds out and leaves unused")
  func picture() throws {
    let folds = (0..<14).map { Fold(training: Array(0..<$0 + 1), held: [$0 + 2]) }
    let plot = Plot.foldPicture(folds, examples: Array(0..<16), test: 4)
    let bars = plot.marks.compactMap { $0 as? BarMark }
    #expect(
      bars.map { $0.series ?? "" } == [
        "learned from", "held out and scored", "unused", "test part, opened once",
      ])
    // A dozen rows; neighbors are held out, so that examples stand in their own order.
    #expect(bars[0].heights == (1...12).map(Double.init) && bars[0].bases.allSatisfy { $0 == 0 })
    #expect(bars[1].bases == (2...13).map(Double.init) && bars[1].heights.allSatisfy { $0 == 1 })
    // Before and behind what is held out.
    #expect(bars[2].heights.count == 24 && bars[3].bases.allSatisfy { $0 == 16 })
    let total = bars.prefix(3).flatMap(\.heights).reduce(0, +)
    #expect(total == 12 * 16)
  }
}

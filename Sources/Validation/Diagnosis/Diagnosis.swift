import Components
import Datasets
import Learners
import NeuralNetworks
import Search
import Tensors

/// What the practical methodology says about a strategy and its data, all of it measured without the test part.
public struct Diagnosis: Sendable, Hashable {
  /// A score with its error, corrected for the examples that trainings share.
  public struct Measurement: Sendable, Hashable {
    /// The mean over divisions of the data.
    public var value: Double
    /// Its standard error; NaN for one division.
    public var error: Double

    /// Whether it differs from zero by more than two errors.
    public var isSignificant: Bool { value.magnitude > 2 * error }
  }

  /// A model and how it scores.
  public struct Model: Sendable, Hashable {
    /// The name in results.
    public var name: String
    /// What it is, in words.
    public var words: String
    /// On the examples that it learned from.
    public var training: Measurement
    /// On examples that it has not seen.
    public var held: Measurement
    /// How much better it is on them than the strategy, division by division.
    public var gain: Measurement
  }

  /// A change of the strategy and its effect; positive effects are improvements, whatever the metric.
  public struct Effect: Sendable, Hashable {
    /// The name in results.
    public var name: String
    /// What was done, in words.
    public var words: String
    /// What it is good for.
    public var purpose: StrategyChange.Purpose
    /// How the examples learned from are described better.
    public var training: Measurement
    /// How unseen examples are.
    public var held: Measurement
  }

  /// What limits the strategy.
  public enum Reading: String, Sendable, CaseIterable {
    /// It cannot follow the data: more capacity or better optimization.
    case bias
    /// It follows the noise: more data, or more restraint.
    case variance
    /// Neither is measurable.
    case balanced
  }

  /// The name of the metric.
  public let metric: String
  /// Whether large or small values are good.
  public let direction: Direction
  /// What is noticeable about the data.
  public let report: DataReport
  /// The baseline, a linear model and a reference learner.
  public let references: [Model]
  /// The strategy itself.
  public let model: Model
  /// How much better the strategy is on its own examples than on others.
  public let gap: Measurement
  /// How much better unseen examples are described with all of the data than with half of them.
  public let halving: Measurement
  /// What twice the data would give by a power law; nil if no law fits.
  public let doubled: Double?
  /// The changes that were tried, in the order of their effects.
  public let effects: [Effect]
  /// What would be good enough, if the author said so.
  public let goal: Double?

  /// What limits the strategy, the first being the more important; never empty.
  public var readings: [Reading] {
    var readings: [Reading] = []
    if isBiased { readings.append(.bias) }
    // A gap alone is no harm: more data or restraint must help, or the goal must be missed by the gap.
    let helpsRestraint = effects.contains {
      $0.purpose == .restraint && $0.held.isSignificant && $0.held.value > 0
    }
    let wantsData = halving.isSignificant && halving.value > 0
    if gap.isSignificant, gap.value > 0, helpsRestraint || wantsData || goal.map(missesOnlyHeld) == true {
      readings.append(.variance)
    }
    return readings.isEmpty ? [.balanced] : readings
  }

  /// Whether more capacity or better optimization helps unseen examples, another model is better even than the strategy on
  /// its own examples, or these miss the goal.
  private var isBiased: Bool {
    let helps = effects.contains {
      [.capacity, .optimization].contains($0.purpose) && $0.held.isSignificant && $0.held.value > 0
    }
    let isBeaten = references.contains { reference in
      direction.isBetter(reference.held.value, than: model.training.value)
        && (reference.held.value - model.training.value).magnitude
          > 2 * (reference.held.error + model.training.error)
    }
    let misses = goal.map {
      direction.isBetter($0, than: model.training.value)
        && (model.training.value - $0).magnitude > 2 * model.training.error
    }
    return helps || isBeaten || misses == true
  }

  private func missesOnlyHeld(_ goal: Double) -> Bool {
    direction.isBetter(goal, than: model.held.value) && !direction.isBetter(goal, than: model.training.value)
  }
}

extension Diagnosis {
  /// What is measured side by side: how every model scores on every division of the data.
  private struct Measured {
    let splits: [CurveSplit]
    let sign: Double
    /// By model, then by division.
    let training: [[Double]]
    let held: [[Double]]

    /// The examples that are held out over those that are learned from.
    private var share: Double {
      Statistics.mean(splits.map { Double($0.held.count) / Double($0.training.count) })
    }

    func measurement(_ values: [Double]) -> Measurement {
      let error =
        (1 / Double(values.count) + share).squareRoot() * Statistics.standardDeviation(values)
      return Measurement(value: Statistics.mean(values), error: error)
    }

    func model(_ index: Int, _ name: String, _ words: String) -> Model {
      Model(
        name: name, words: words, training: measurement(training[index]), held: measurement(held[index]),
        gain: gain(index, over: 0, \.held))
    }

    /// How much better one model is than another, division by division.
    func gain(_ index: Int, over other: Int, _ part: KeyPath<Measured, [[Double]]>) -> Measurement {
      let all = self[keyPath: part]
      return measurement(zip(all[index], all[other]).map { sign * ($0 - $1) })
    }
  }

  /// Runs the methodology on the examples of the divisions, all fits side by side.
  ///
  /// `metric` is the number of the metric that is looked at; nil for the loss.
  public init(
    _ strategy: Strategy, on data: Dataset, splits: [CurveSplit], plan: DiagnosisPlan,
    metric: (any Metric)?, key: FitKey, in pool: any WorkerPool
  ) throws {
    let direction = metric?.direction ?? .minimize
    let used = Set(splits.flatMap { $0.training + $0.held }).sorted()
    let known = data.subset(used)
    let references = Self.references(strategy, known)
    let changes = plan.triesChanges ? StrategyChange.all(of: strategy, for: known) : []
    // The strategy itself with all of the data, half and a quarter of them; then the others.
    let sizes = [1.0, 0.5, 0.25, 0.125]
    let strategies =
      sizes.map { _ in strategy } + references.map(\.strategy) + changes.map(\.strategy)
    let most = max(200, min(2000, 400_000 / max(data.sampleShape.count, 1)))
    let measured = try Self.measured(
      strategies, data, splits, metric, key, pool,
      sign: direction == .minimize ? -1 : 1
    ) { model, count in
      if model < sizes.count { return max(2, Int((Double(count) * sizes[model]).rounded())) }
      return model < sizes.count + references.count ? min(count, most) : count
    }
    self.metric = metric?.name ?? "loss"
    self.direction = direction
    report = DataReport(known)
    self.references = references.enumerated().map { number, reference in
      measured.model(sizes.count + number, reference.name, reference.words)
    }
    model = measured.model(0, "model", "the model")
    let gaps = zip(measured.training[0], measured.held[0]).map { measured.sign * ($0 - $1) }
    gap = measured.measurement(gaps)
    halving = measured.gain(0, over: 1, \.held)
    let count = Statistics.mean(splits.map { Double($0.training.count) })
    let points = zip(sizes, measured.held).map { (x: $0 * count, y: Statistics.mean($1)) }
    let law = points.allSatisfy { $0.y.isFinite } ? PowerLaw(fitting: points.reversed()) : nil
    doubled = law?.value(2 * count)
    let first = sizes.count + references.count
    effects = changes.enumerated().map { number, change in
      Effect(
        name: change.name, words: change.words, purpose: change.purpose,
        training: measured.gain(first + number, over: 0, \.training),
        held: measured.gain(first + number, over: 0, \.held))
    }.enumerated().sorted { first, second in
      let (a, b) = (first.element.held.value, second.element.held.value)
      return a == b || a.isNaN || b.isNaN ? first.offset < second.offset : a > b
    }.map(\.element)
    goal = plan.goal
  }

  private static func measured(
    _ strategies: [Strategy], _ data: Dataset, _ splits: [CurveSplit], _ metric: (any Metric)?,
    _ key: FitKey, _ pool: any WorkerPool, sign: Double, size: @escaping @Sendable (Int, Int) -> Int
  ) throws -> Measured {
    let metrics = metric.map { [$0] } ?? []
    let all = try pool.map(strategies.count * splits.count) { task -> (Double, Double) in
      let (model, number) = (task / splits.count, task % splits.count)
      let examples = splits[number].training.prefix(size(model, splits[number].training.count)).sorted()
      // A change that cannot be trained has no effect that could be told.
      guard let fitted = try? strategies[model].fit(data, on: examples, key: key.onFold(number + 1)) else {
        return (.nan, .nan)
      }
      let training = fitted.scores(data, on: fitted.training, metrics: metrics)
      let held = fitted.scores(data, on: splits[number].held, metrics: metrics)
      return (training.metrics.first ?? training.loss, held.metrics.first ?? held.loss)
    }
    func rows(_ part: ((Double, Double)) -> Double) -> [[Double]] {
      strategies.indices.map { all[$0 * splits.count..<($0 + 1) * splits.count].map(part) }
    }
    return Measured(splits: splits, sign: sign, training: rows(\.0), held: rows(\.1))
  }

  /// The names of the models that are measured.
  public static func modelNames(_ strategy: Strategy, _ data: Dataset) -> [String] {
    references(strategy, data).map(\.name) + ["model"]
  }

  /// The baseline, a linear model and neighbors, on features that are prepared as those of the strategy and of equal size.
  static func references(
    _ strategy: Strategy, _ data: Dataset
  ) -> [(name: String, words: String, strategy: Strategy)] {
    // Trees are no rows of numbers.
    if data.vocabulary != nil {
      return [
        ("baseline", data.classes == nil ? "the mean" : "the majority class", Strategy(learner: Baseline()))
      ]
    }
    var preparations = strategy.preparations.filter { !($0 is Augment) && !($0 is Polynomial) }
    if data.sampleShape.rank == 1, data.series == nil { preparations.append(Standardize()) }
    let isClassifier = data.classes != nil
    let linear: any Learner = isClassifier ? LogisticRegression() : Ridge(alpha: 1)
    func reference(_ learner: any Learner) -> Strategy {
      Strategy(preparations: preparations, learner: learner)
    }
    return [
      ("baseline", isClassifier ? "the majority class" : "the mean", reference(Baseline())),
      ("linear", isClassifier ? "logistic regression" : "ridge regression", reference(linear)),
      ("neighbors", "five nearest neighbors", reference(NearestNeighbors(5))),
    ]
  }
}

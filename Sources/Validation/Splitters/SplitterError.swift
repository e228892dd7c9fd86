import Components

/// What keeps examples from being divided into folds, as facts.
public enum SplitterError: Error, Equatable, Sendable {
  case tooFewExamples(splitter: String, needed: Int, found: Int)
  case smallClass(name: String, examples: Int, folds: Int)
  case needsClasses
  case needsGroups(splitter: String)
  case tooFewGroups(splitter: String, needed: Int, found: Int)
  case equalRepeats(count: Int)
  /// A choice of so many out of so many; the count is nil where it has more than 18 digits.
  case tooManySplits(splitter: String, count: Int?, most: Int)
  case tooManySamples(samples: Int, splits: Int)
  case badCount(splitter: String, count: Int, most: Int)
  case badFraction(splitter: String)
  case emptySide(splitter: String, isTest: Bool)
  case oversized(splitter: String, test: Int, training: Int, found: Int)
  case fewerThanClasses(isTest: Bool, examples: Int, classes: Int)
  case tooShort(splits: Int, test: Int, gap: Int, found: Int)
  case unknownGroup(name: String, known: [String])
  case groupTwice(name: String, first: String, second: String)
  case emptyFold(name: String, isTest: Bool)
  case shufflesSeries(splitter: String)
  case nestedWithoutSearch
  case scoresSingles(metric: String, needed: Int, held: Int)
}

extension SplitterError: Explained {
  public var sentence: String {
    switch self {
    case .tooFewExamples(let splitter, let needed, let found):
      "\(splitter) needs at least \(needed) examples, but there are \(found)"
    case .smallClass(let name, let examples, let folds):
      "the class \"\(name)\" has \(Self.count(examples, "example")), which is less than the \(folds) folds"
    case .needsClasses: "stratified needs classes, but the target is a number"
    case .needsGroups(let splitter): "\(splitter) needs groups, but the data name none"
    case .tooFewGroups(let splitter, let needed, let found):
      "\(splitter) needs at least \(needed) groups, but there \(found == 1 ? "is" : "are") \(found)"
    case .equalRepeats(let count): "all \(count) repeats have the same folds"
    case .tooManySplits(let splitter, let count, let most):
      "\(splitter) has \(count.map { "\($0)" } ?? "more than 10^18") splits, more than \(most)"
    case .tooManySamples(let samples, let splits):
      "\(samples) samples are more than the \(Self.count(splits, "split")) that there are"
    case .badCount(let splitter, let count, let most):
      "\(splitter) takes between 1 and \(most) splits or repeats, not \(count)"
    case .badFraction(let splitter): "the shares of \(splitter) must be between 0 and 1"
    case .emptySide(let splitter, let isTest):
      "\(splitter) would \(isTest ? "hold out" : "learn from") nothing"
    case .oversized(let splitter, let test, let training, let found):
      "\(splitter) would hold out \(test) and learn from \(training), but there are only \(found)"
    case .fewerThanClasses(let isTest, let examples, let classes):
      "the \(isTest ? "test" : "training") side has \(Self.count(examples, "example")) for \(classes) classes"
    case .tooShort(let splits, let test, let gap, let found):
      "\(Self.count(splits, "split")) of \(Self.count(test, "example")) each"
        + (gap > 0 ? ", with a gap of \(gap)," : "")
        + " leave nothing to learn from: there \(found == 1 ? "is" : "are") \(Self.count(found, "example"))"
    case .unknownGroup(let name, _): "the data have no group \"\(name)\""
    case .groupTwice(let name, let first, let second):
      first == second
        ? "the group \"\(name)\" stands twice in the fold \"\(first)\""
        : "the group \"\(name)\" stands in both folds \"\(first)\" and \"\(second)\""
    case .emptyFold(let name, let isTest):
      "the fold \"\(name)\" has no examples to \(isTest ? "hold out" : "learn from")"
    case .shufflesSeries(let splitter):
      "\(splitter) would shuffle a series, which is divided in time order"
    case .nestedWithoutSearch: "nested folds score a search, but the recipe has none"
    case .scoresSingles(let metric, let needed, let held):
      "\(metric) needs at least \(needed) examples, but folds hold out \(held)"
    }
  }

  public var hint: String? {
    switch self {
    case .needsGroups: "name their column, as in data: {csv: points.csv, target: y, group: patient}"
    case .equalRepeats: "leave out repeats, or shuffle: false"
    case .tooManySplits(let splitter, _, _):
      splitter == "leave-p-out" ? "draw some of them, as in samples: 200" : "leave out fewer groups"
    case .unknownGroup(let name, let known): Suggestion.hint(for: name, among: known)
    case .shufflesSeries: "as in validate: {time-series: 5}"
    case .nestedWithoutSearch: "add search: {sampler: tpe, trials: 30}, or validate: {k-fold: 5}"
    case .scoresSingles: "search for loss, or hold out more, as in validate: {k-fold: 5}"
    default: nil
    }
  }

  /// The parameters of a splitter that the problem may lie in, the likeliest first.
  public var parameters: [String] {
    switch self {
    case .smallClass, .tooFewExamples: ["k-fold", "leave-p-out"]
    case .needsClasses, .fewerThanClasses: ["stratified"]
    case .needsGroups, .tooFewGroups: ["grouped", "leave-groups-out", "folds"]
    case .equalRepeats: ["repeats"]
    case .tooManySplits: ["leave-p-out", "leave-groups-out"]
    case .tooManySamples: ["samples"]
    case .badCount: ["samples", "repeats", "shuffle-split"]
    case .badFraction, .emptySide, .oversized: ["train", "test", "shuffle-split"]
    case .tooShort: ["test-size", "gap", "time-series"]
    case .unknownGroup, .groupTwice, .emptyFold: ["folds"]
    case .shufflesSeries(let splitter): [splitter]
    case .nestedWithoutSearch: ["nested"]
    case .scoresSingles: []
    }
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

import Components

/// The members of the catalog with their parameters, the first of which has the name of the member.
enum SplitterKeys {
  private static func count(_ name: String, least: Int, _ help: String) -> Parameter<Int> {
    Parameter(name, "at least \(least)", help: help) { $0 >= least }
  }
  private static func optionalCount(_ name: String, _ help: String) -> Parameter<Int?> {
    Parameter(name, default: .some(nil), "at least 1", help: help) { $0.map { $0 >= 1 } ?? true }
  }
  private static let stratified = Parameter<Bool>(
    "stratified", default: false, help: "Whether every fold has its share of every class.")
  private static let grouped = Parameter<Bool>(
    "grouped", default: false, help: "Whether examples of a group of the data stay together.")

  // MARK: Folds

  private static let foldCount = count("k-fold", least: 2, "The number of folds.")
  private static let repeats = Parameter<Int>(
    "repeats", default: 1, "between 1 and \(RepeatedSplitter.most)",
    help: "How often all folds are drawn anew."
  ) { (1...RepeatedSplitter.most).contains($0) }
  private static let shuffle = Parameter<Bool>(
    "shuffle", default: true, help: "Whether examples are shuffled before.")

  static let kFold = Component<any Splitter>(
    "k-fold", help: "k folds of equal size, each held out once.",
    parameters: [foldCount, stratified, grouped, repeats, shuffle]
  ) { arguments in
    let (count, isShuffled) = (arguments[foldCount], arguments[shuffle])
    let base: any Splitter =
      switch (arguments[stratified], arguments[grouped]) {
      case (false, false): KFold(count, isShuffled: isShuffled)
      case (true, false): StratifiedKFold(count, isShuffled: isShuffled)
      case (false, true): GroupKFold(count, isShuffled: isShuffled)
      case (true, true): StratifiedGroupKFold(count, isShuffled: isShuffled)
      }
    return arguments[repeats] > 1 ? RepeatedSplitter(base, repeats: arguments[repeats]) : base
  }

  static let leaveOneOut = Component<any Splitter>(
    "leave-one-out", help: "As many folds as examples, each of a single one."
  ) { _ in LeaveOneOut() }

  private static let leftOut = count("leave-p-out", least: 1, "How many examples are held out at a time.")
  private static let samples = Parameter<Int?>(
    "samples", default: .some(nil), "between 1 and \(LeavePOut.most)",
    help: "How many of the choices are drawn; all of them unless given."
  ) { $0.map { (1...LeavePOut.most).contains($0) } ?? true }

  static let leavePOut = Component<any Splitter>(
    "leave-p-out", help: "Every choice of p examples is held out once, or some that are drawn.",
    parameters: [leftOut, samples]
  ) { LeavePOut($0[leftOut], samples: $0[samples]) }

  private static let groupsOut = count(
    "leave-groups-out", least: 1, "How many groups are held out at a time.")

  static let leaveGroupsOut = Component<any Splitter>(
    "leave-groups-out", help: "Every choice of groups of the data is held out once.", parameters: [groupsOut]
  ) { LeaveGroupsOut($0[groupsOut]) }

  // MARK: Random parts

  private static let splitCount = Parameter<Int>(
    "shuffle-split", "between 1 and \(LeavePOut.most)", help: "The number of splits."
  ) { (1...LeavePOut.most).contains($0) }
  private static let test = Parameter<Double>(
    "test", default: 0.1, "between 0 and 1", help: "The share that every split holds out."
  ) { $0 > 0 && $0 < 1 }
  private static let train = Parameter<Double?>(
    "train", default: .some(nil), "between 0 and 1",
    help: "The share that every split learns from; all others unless given."
  ) { $0.map { $0 > 0 && $0 < 1 } ?? true }

  static let shuffleSplit = Component<any Splitter>(
    "shuffle-split", help: "Parts that are drawn anew for every split.",
    parameters: [splitCount, test, train, stratified, grouped]
  ) { arguments in
    let (count, held, learned) = (arguments[splitCount], arguments[test], arguments[train])
    switch (arguments[stratified], arguments[grouped]) {
    case (true, true):
      throw Problem(
        RecipeError.conflict(
          stratified.name, grouped.name, reason: "parts are drawn of classes or of groups"),
        at: arguments.given[grouped.name]?.position ?? arguments.position)
    case (true, false): return StratifiedShuffleSplit(count, test: held, training: learned)
    case (false, true): return GroupShuffleSplit(count, test: held, training: learned)
    case (false, false): return ShuffleSplit(count, test: held, training: learned)
    }
  }

  // MARK: Time

  private static let timeSplits = count("time-series", least: 1, "The number of splits.")
  private static let gap = Parameter<Int>(
    "gap", default: 0, "at least 0", help: "The examples left out between the two sides."
  ) { $0 >= 0 }
  private static let maxTrainSize = optionalCount(
    "max-train-size", "The most examples that are learned from, the last ones; all earlier unless given.")
  private static let testSize = optionalCount(
    "test-size", "The examples that a split holds out; an equal share unless given.")

  static let timeSeries = Component<any Splitter>(
    "time-series", help: "Examples are predicted from earlier ones, in the order of the data.",
    parameters: [timeSplits, gap, maxTrainSize, testSize]
  ) {
    TimeSeriesSplit(
      $0[timeSplits], gap: $0[gap], maxTrainSize: $0[maxTrainSize], testSize: $0[testSize])
  }

  // MARK: Folds that have names

  private static let named = Parameter<RecipeNode>(
    "folds", help: "A map from the name of each fold to its groups, or to {groups: […], weight: 2}.")
  private static let groups = Parameter<[String]>(
    "groups", "at least one", help: "The values of the group column."
  ) { !$0.isEmpty }
  private static let weight = Parameter<Double>(
    "weight", default: 1, "above 0 and finite", help: "How much the fold counts in the mean."
  ) { $0 > 0 && $0.isFinite }
  private static let fold = Component<(groups: [String], weight: Double)>(
    "fold", help: "A fold of groups.", parameters: [groups, weight]
  ) { ($0[groups], $0[weight]) }

  static let folds = Component<any Splitter>(
    "folds", help: "Folds with names, each of some groups of the data.", parameters: [named]
  ) { arguments in
    let node = arguments[named]
    guard case .map(let entries) = node.kind, !entries.isEmpty else {
      throw Problem(
        RecipeError.wrongType(
          name: named.name, expected: "a map from names to groups, as in {north: [a, b], south: [c]}",
          found: node.shortDescription, known: [], given: nil), at: node.position)
    }
    return PredefinedFolds(
      try entries.map { entry in
        if case .map = entry.value.kind {
          let (groups, weight) = try fold.decode(map: entry.value)
          return PredefinedFolds.Member(entry.key, groups: groups, weight: weight)
        }
        return PredefinedFolds.Member(entry.key, groups: try groups.value(of: entry.value))
      })
  }

  // MARK: Folds within folds

  private static let both = Parameter<RecipeNode>(
    "nested", help: "The outer folds, which score, and the inner ones, which a search looks at.")
  private static let outer = Parameter<RecipeNode>(
    "outer", help: "The folds that score the search: a splitter, or a number of folds.")
  private static let inner = Parameter<RecipeNode>(
    "inner", help: "The folds that the search looks at: a splitter, or a number of folds.")
  private static let levels = Component<any Splitter>(
    "nested", help: "Folds within folds.", parameters: [outer, inner]
  ) { arguments in
    NestedSplitter(outer: try level(arguments, outer), inner: try level(arguments, inner))
  }

  static let nested = Component<any Splitter>(
    "nested", help: "A search of its own on every training side, scored on what it has not seen.",
    parameters: [both]
  ) { try levels.decode(map: $0[both]) }

  private static func level(_ arguments: Arguments, _ key: Parameter<RecipeNode>) throws -> any Splitter {
    let node = arguments[key]
    if Double(recipe: node) != nil { return KFold(try foldCount.value(of: node)) }
    let splitter = try Splitters.splitter(node, in: "nested.\(key.name)")
    guard !(splitter is NestedSplitter) else {
      throw Problem(
        RecipeError.unsupported(name: "nested", reason: "has two levels, not more"), at: node.position)
    }
    return splitter
  }
}

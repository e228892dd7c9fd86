/// What can be wrong with a recipe, as facts.
public enum RecipeError: Error, Equatable, Sendable {
  case unknownComponent(what: String, name: String, known: [String])
  case notAComponent(what: String, found: String)
  case unknownParameter(of: String, name: String, known: [String])
  case tooManyArguments(of: String, allowed: [String])
  case duplicateArgument(of: String, name: String)
  case missingArgument(of: String, name: String, type: String)
  case unknownKey(in: String, name: String, known: [String])
  /// Another program's name of a key, which is understood.
  case otherName(String, name: String)
  case missingKey(in: String, name: String)
  case wrongType(name: String, expected: String, found: String, known: [String], given: String?)
  case outOfRange(name: String, requirement: String, found: String)
  case conflict(String, String, reason: String)
  case hyperparameterWithoutSearch(path: String)
  case searchWithoutHyperparameter
  case unknownTag(name: String, known: [String])
  case badInterval(path: String, reason: String)
  case emptyInterval(path: String, low: String, high: String)
  case noLogarithm(path: String, low: String)
  case softmaxBeforeCrossEntropy
  case unitsDifferFromClasses(units: Int, classes: Int)
  case unitsDifferFromTargets(units: Int, targets: Int)
  case unknownPath(path: String, known: [String])
  case badExpectation(text: String)
  case testInObjective(path: String)
  case directionNeeded(path: String)
  case directionsDiffer(directions: Int, objectives: Int)
  case objectiveNeedsScore(path: String)
  case outsideSpace(path: String, value: String)
  case prunerNeedsEpochs
  case prunerNeedsFolds
  case taskNeedsClasses(name: String)
  case taskNeedsNumbers(name: String)
  case notEnough(what: String, needed: Int, found: Int)
  case needsLaw
  case unsupported(name: String, reason: String)
  case noSuchItem(path: String, count: Int)
  case noWay(path: String, found: String)
  case unknownExperiment(name: String, known: [String])
  case circularInheritance(labels: [String])
  case duplicateVariant(name: String)
  case tooManyVariants(most: Int)
  case notVariable(key: String)
  case comparisonWithoutVariants
  case unknownVariant(name: String, known: [String])
  case comparisonWithoutPairs(haveSameFolds: Bool)
  case needsSeries(name: String)
  case needsTrees
  case shuffledSeries(name: String)
}

extension RecipeError: Explained {
  public var sentence: String {
    switch self {
    case .unknownComponent(let what, let name, _): "unknown \(what) \"\(name)\""
    case .notAComponent(let what, let found): "\(found) does not name \(article(what)) \(what)"
    case .unknownParameter(let of, let name, _): "\(of) has no parameter \"\(name)\""
    case .tooManyArguments(let of, let allowed):
      allowed.isEmpty ? "\(of) takes no arguments" : "\(of) takes at most \(allowed.count) arguments"
    case .duplicateArgument(let of, let name): "\(of) is given \"\(name)\" twice"
    case .missingArgument(let of, let name, let type): "\(of) needs \"\(name)\", \(type)"
    case .unknownKey(let place, let name, _): "unknown key \"\(name)\" in \(place)"
    case .otherName(let other, let name): "\"\(other)\" is called \"\(name)\" here"
    case .missingKey(let place, let name): "\(place) needs the key \"\(name)\""
    case .wrongType(let name, let expected, let found, _, _):
      "\"\(name)\" must be \(expected), not \(found)"
    case .outOfRange(let name, let requirement, let found): "\"\(name)\" must be \(requirement), not \(found)"
    case .conflict(let first, let second, let reason):
      "\"\(first)\" and \"\(second)\" exclude each other: \(reason)"
    case .hyperparameterWithoutSearch(let path):
      "\"\(path)\" is a hyperparameter, but the recipe has no search"
    case .searchWithoutHyperparameter: "the recipe has a search, but no hyperparameter"
    case .unknownTag(let name, _): "unknown tag \"!\(name)\""
    case .badInterval(let path, let reason): "the interval of \"\(path)\" \(reason)"
    case .emptyInterval(let path, let low, let high):
      "the interval of \"\(path)\" is empty: \(low) is not below \(high)"
    case .noLogarithm(let path, let low): "the interval of \"\(path)\" has no logarithm at \(low)"
    case .softmaxBeforeCrossEntropy: "the loss cross-entropy takes logits, but the last layer applies softmax"
    case .unitsDifferFromClasses(let units, let classes):
      "the last layer has \(units) \(units == 1 ? "unit" : "units"), but the data have \(classes) classes"
    case .unitsDifferFromTargets(let units, let targets):
      "the last layer has \(units) \(units == 1 ? "unit" : "units"), but the data have \(targets) "
        + (targets == 1 ? "target" : "targets")
    case .unknownPath(let path, _): "no value \"\(path)\""
    case .badExpectation(let text): "\"\(text)\" is not an expectation"
    case .testInObjective(let path):
      "a search cannot look at \"\(path)\": the test part is scored once at the end"
    case .directionNeeded(let path): "the objective \"\(path)\" needs a direction"
    case .directionsDiffer(let directions, let objectives):
      "there \(directions == 1 ? "is 1 direction" : "are \(directions) directions") for \(objectives) "
        + (objectives == 1 ? "objective" : "objectives")
    case .objectiveNeedsScore(let path): "\"\(path)\" says nothing about how good a trial is"
    case .outsideSpace(let path, let value): "\(value) is no value that \(path) can have in this search"
    case .prunerNeedsEpochs:
      "the pruner stops trainings between epochs, but nothing here is trained in epochs"
    case .prunerNeedsFolds: "the pruner stops trials between folds, but a trial here is a single fit"
    case .taskNeedsClasses(let name): "\(name) needs classes, but the target is a number"
    case .taskNeedsNumbers(let name): "\(name) needs a number as target, but the data have classes"
    case .notEnough(let what, let needed, let found):
      "\(what) needs at least \(needed) examples, but there are \(found)"
    case .needsLaw: "closure-test needs data that follow a law"
    case .unsupported(let name, let reason): "\"\(name)\" \(reason)"
    case .noSuchItem(let path, let count):
      "\"\(path)\" leads nowhere: the list there has \(count) \(count == 1 ? "item" : "items")"
    case .noWay(let path, let found): "\"\(path)\" leads nowhere: there is \(found)"
    case .unknownExperiment(let name, _): "the document has no experiment \"\(name)\" to be like"
    case .circularInheritance(let labels):
      "the experiment is like itself: \(labels.joined(separator: " is like "))"
    case .duplicateVariant(let name): "two variants are called \"\(name)\""
    case .tooManyVariants(let most): "the recipe has more than \(most) variants"
    case .notVariable(let key): "\"\(key)\" is the same for all variants"
    case .comparisonWithoutVariants: "the recipe compares, but has no variants"
    case .unknownVariant(let name, _): "no variant is called \"\(name)\""
    case .needsTrees: "recursive needs data that are trees"
    case .needsSeries(let name): "\(name) needs data that are windows of a series"
    case .shuffledSeries(let name): "\(name) would shuffle a series, which is divided in time order"
    case .comparisonWithoutPairs(let haveSameFolds):
      haveSameFolds
        ? "a test of differences needs several scores of each variant"
        : "a test of differences needs the same folds for all variants"
    }
  }

  public var hint: String? {
    switch self {
    case .unknownComponent(_, let name, let known), .unknownParameter(_, let name, let known),
      .unknownKey(_, let name, let known),
      .unknownPath(let name, let known), .unknownExperiment(let name, let known),
      .unknownVariant(let name, let known):
      Suggestion.hint(for: name, among: known)
    case .otherName(_, let name): "write `\(name)`"
    // The sentence lists the known names already.
    case .wrongType(_, _, _, let known, let given?):
      Suggestion.nearest(to: given, among: known).map { "did you mean \"\($0)\"?" }
    case .unknownTag(let name, let known): Suggestion.hint(for: "!\(name)", among: known.map { "!\($0)" })
    case .emptyInterval(_, let low, let high): low == high ? nil : "the least comes first: [\(high), \(low)]"
    case .noLogarithm: "begin above 0, as in [1e-6, 1], or leave out the logarithm"
    case .tooManyArguments(_, let allowed): allowed.isEmpty ? nil : allowed.joined(separator: ", ")
    case .hyperparameterWithoutSearch: "add search: {sampler: tpe, trials: 30}"
    case .searchWithoutHyperparameter: "mark one, as in learning-rate: !log-uniform [1e-4, 1e-1]"
    case .softmaxBeforeCrossEntropy: "leave the last layer linear"
    case .noSuchItem: "items are counted from 0"
    case .comparisonWithoutVariants: "mark a value, as in train.optimizer: !each [adam, sgd]"
    case .needsTrees: "as in data: {generate: expression-trees}"
    case .needsSeries: "as in data: {csv: sunspots.csv, series: sunspots, window: 24}"
    case .comparisonWithoutPairs(let haveSameFolds):
      haveSameFolds ? "add seeds: 10, or validate: {k-fold: 5}" : "leave out validate in the variants"
    case .badExpectation: "write \">= 0.9\", \"0.95 ± 0.02\", [0.9, 1] or true"
    case .directionNeeded: "add direction: minimize or maximize"
    case .directionsDiffer: "give one for each objective, in their order"
    case .objectiveNeedsScore: "name a score first and this one behind it"
    case .prunerNeedsFolds: "add validate: {k-fold: 5}, or stop networks with steps: epochs"
    case .prunerNeedsEpochs: "learners and closure tests can be stopped between folds: steps: folds"
    case .testInObjective: "use a validation or cv value"
    case .needsLaw:
      "as in data: {law: \"x^0.7*(1-x)^3\", points: {range: [0.1, 0.9], count: 50}, noise: {relative: 0.05}}"
    default: nil
    }
  }

  private func article(_ noun: String) -> String {
    "aeiou".contains(noun.prefix(1)) ? "an" : "a"
  }
}

import Components
import Search

/// A block on its way to an experiment: what it inherits, the variants it stands for, and what concerns them all.
///
/// A problem of one part keeps no other from being read.
struct ExperimentBlock {
  private var context: RecipeContext
  private let label: String
  private(set) var problems: [Problem] = []

  init(context: RecipeContext, label: String) {
    self.context = context
    self.label = label
  }

  /// Runs a step; its problem is kept, and the value is nil.
  private mutating func attempt<Value>(at position: SourcePosition, _ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch let problem as Problem {
      note([problem])
    } catch let failure as any Explained {
      note([Problem(failure, at: position)])
    } catch {
      note([Problem(at: position, message: "\(error)")])
    }
    return nil
  }

  /// Keeps problems, those that several variants share once.
  private mutating func note(_ found: [Problem]) {
    for problem in found where !problems.contains(problem) { problems.append(problem) }
  }

  /// The experiment of a block as it is written.
  mutating func experiment(_ written: RecipeNode) -> Experiment? {
    guard case .map = written.kind else {
      note([
        Problem(
          RecipeError.wrongType(
            name: "experiment", expected: "a map of settings", found: written.shortDescription, known: [],
            given: nil), at: written.position)
      ])
      return nil
    }
    checkKeys(written)
    let (parameters, recipes, label) = (context.parameters, context.recipes, label)
    let inherited = attempt(at: written.position) {
      try written.inheriting(from: recipes, of: label).replacingParameters(parameters)
    }
    guard let recipe = inherited.map({ renamed($0) }),
      let found = attempt(at: recipe.position, { try RecipeVariants(recipe) })
    else { return nil }
    let seed = recipe["seed"].flatMap { node in
      attempt(at: node.position) {
        try Parameter<Int>("seed", "at least 0", help: "") { $0 >= 0 }.value(of: node)
      }
    }
    if let seed { context.seed = UInt64(seed) }
    let seeds = recipe["seeds"].flatMap { node in
      attempt(at: node.position) { try SeedsSection.plan(node) }
    }
    guard let experiment = experiment(found, seeds) else { return nil }
    return finished(experiment, recipe)
  }

  /// The recipe with `scheduler`, as Ray Tune calls what gives trials up, under the name that it has here.
  private mutating func renamed(_ recipe: RecipeNode) -> RecipeNode {
    let (name, other) = (SearchSection.pruner.name, "scheduler")
    guard case .map(var entries) = recipe.kind,
      let place = entries.firstIndex(where: { $0.key == SearchSection.component.name }),
      case .map(var settings) = entries[place].value.kind, entries[place].value[name] == nil,
      let setting = settings.firstIndex(where: { $0.key == other })
    else { return recipe }
    let entry = settings[setting]
    note([
      Problem(RecipeError.otherName(other, name: name), at: entry.keyPosition, severity: .warning)
    ])
    settings[setting] = .init(key: name, keyPosition: entry.keyPosition, value: entry.value)
    entries[place].value.kind = .map(settings)
    var result = recipe
    result.kind = .map(entries)
    return result
  }

  private mutating func checkKeys(_ written: RecipeNode) {
    let inherits = written["like"] != nil
    for entry in written.entries where !ExperimentDecoder.keys.contains(entry.key) {
      // Beside `like` a key with dots replaces a part of what is inherited.
      let section = RecipePath(entry.key).components.first ?? ""
      if inherits, entry.key.contains("."), ExperimentDecoder.variableKeys.contains(section) { continue }
      note([
        Problem(
          RecipeError.unknownKey(in: "the recipe", name: entry.key, known: ExperimentDecoder.keys),
          at: entry.keyPosition)
      ])
    }
  }

  /// The experiment of every variant; with names they become those of the first one.
  private mutating func experiment(_ found: RecipeVariants, _ seeds: SeedsPlan?) -> Experiment? {
    var variants: [Experiment.Variant] = []
    for variant in found.variants {
      var draft = ExperimentDraft(context: context, label: label)
      let experiment = draft.experiment(variant.recipe)
      note(draft.problems)
      guard var experiment else { continue }
      experiment.seeds = seeds
      variants.append(.init(name: variant.name, title: variant.title, experiment: experiment))
    }
    guard var first = variants.first?.experiment, variants.count == found.variants.count else { return nil }
    if found.hasNames { first.variants = variants }
    return first
  }

  /// The experiment with what concerns all of its variants.
  private mutating func finished(_ experiment: Experiment, _ recipe: RecipeNode) -> Experiment {
    var result = experiment
    result.recipe = recipe
    let request = recipe["compare"].flatMap { node in
      attempt(at: node.position) { try CompareSection.component.decode(map: node) }
    }
    if let node = recipe["compare"], result.variants.isEmpty {
      note([Problem(RecipeError.comparisonWithoutVariants, at: node.position)])
    } else if !result.variants.isEmpty {
      let request = request ?? ComparisonRequest.standard(at: recipe.position)
      let variants = result.variants
      result.comparison = attempt(at: recipe.position) { try request.plan(for: variants) } ?? nil
    }
    result.expectations = expectations(recipe)
    result.shown = shown(recipe, hasVariants: !result.variants.isEmpty)
    result.exports = exports(recipe, result)
    checkPaths(result)
    return result
  }

  private mutating func expectations(_ recipe: RecipeNode) -> [Expectation] {
    guard let node = recipe["expect"] else { return [] }
    guard case .map = node.kind else {
      note([wrongType("expect", "a map of expectations", node)])
      return []
    }
    return node.entries.compactMap { entry in
      attempt(at: entry.value.position) { try Expectation(path: entry.key, entry.value) }
    }
  }

  private mutating func shown(_ recipe: RecipeNode, hasVariants: Bool) -> [String] {
    let standard = hasVariants ? ResultView.defaultNamesOfVariants : ResultView.defaultNames
    guard let node = recipe["show"] else { return standard }
    if String(recipe: node) == "none" { return [] }
    let items = if case .list(let items) = node.kind { items } else { [node] }
    guard let names = [String](recipe: node) else {
      note([wrongType("show", "a list of figures and tables", node)])
      return []
    }
    for (name, item) in zip(names, items) where !ResultView.resultNames.contains(name) {
      note([
        Problem(
          RecipeError.unknownComponent(what: "figure or table", name: name, known: ResultView.resultNames),
          at: item.position)
      ])
    }
    return names
  }

  private mutating func exports(_ recipe: RecipeNode, _ experiment: Experiment) -> [Export] {
    guard let node = recipe["export"] else { return [] }
    let exports = attempt(at: node.position) {
      try Parameter<[Export]>("export", default: [], help: "").value(of: node)
    }
    if let exports, exports.contains(.folds), experiment.splitter == nil {
      note([
        Problem(
          RecipeError.unsupported(name: "export", reason: "names folds, but the recipe has no validate"),
          at: node.position)
      ])
    }
    return exports ?? []
  }

  private func wrongType(_ name: String, _ expected: String, _ node: RecipeNode) -> Problem {
    Problem(
      RecipeError.wrongType(
        name: name, expected: expected, found: node.shortDescription, known: [], given: nil),
      at: node.position)
  }

  private mutating func checkPaths(_ experiment: Experiment) {
    for expectation in experiment.expectations where !experiment.hasValue(at: expectation.path) {
      note([
        Problem(
          RecipeError.unknownPath(path: expectation.path, known: experiment.valuePaths),
          at: expectation.position)
      ])
    }
  }
}

import Components
import Learners
import NeuralNetworks

/// The settings an experiment runs with, given and default: what a report folds away, so that no default is a secret.
enum SettingsInForce {
  /// All settings of the sections that a recipe has or that have defaults.
  ///
  /// `implied` are those whose default depends on the rest of the recipe.
  static func list(
    _ recipe: RecipeNode, seed: UInt64, implied: [(path: String, value: String)]
  ) -> [ExperimentSetting] {
    var settings: [ExperimentSetting] = []
    for entry in recipe.entries where ["data", "prepare", "model", "evaluate"].contains(entry.key) {
      settings.append(.init(path: entry.key, value: entry.value.recipeText, isGiven: true))
    }
    settings += section("split", recipe["split"], SplitSection.component.parameters)
    let isAdversarial = recipe["model"]?["gan"] != nil
    let isLearner = recipe["model"].map(RecipeTemplate.namesLearner) ?? false
    if isLearner {
      settings += component("model", recipe["model"], Learners.catalog, otherwise: "") { _ in true }
      settings += sections(recipe)
      return completed(settings, recipe, seed: seed, implied)
    }
    settings += section(
      "train", recipe["train"] ?? RecipeNode(.map([]), at: recipe.position),
      isAdversarial ? GANSection.parameters : TrainSection.parameters)
    if isAdversarial {
      settings += general(recipe, seed: seed)
      return ordered(settings)
    }
    if let stopping = recipe["train"]?["early-stopping"] {
      settings += section("train.early-stopping", stopping, TrainSection.stopping.parameters)
    }
    let train = recipe["train"]
    if minimizes(train?["optimizer"]) {
      settings.removeAll { ["train.batch-size", "train.shuffle"].contains($0.path) && !$0.isGiven }
      if train?["batch-size"] == nil {
        settings.append(.init(path: "train.batch-size", value: "full", isGiven: false))
      }
    }
    settings += component("train.optimizer", train?["optimizer"], Optimizers.catalog, otherwise: "adam") {
      $0 != "learning-rate" && (train?[$0] == nil || $0 != "weight-decay")
    }
    if let schedule = train?["schedule"] {
      settings += component("train.schedule", schedule, Schedules.catalog, otherwise: "constant")
    }
    settings += sections(recipe)
    return completed(settings, recipe, seed: seed, implied)
  }

  /// The settings of what is done with the strategy.
  private static func sections(_ recipe: RecipeNode) -> [ExperimentSetting] {
    (recipe["validate"].map(ValidateSection.settings) ?? [])
      + section("search", recipe["search"], SearchSection.component.parameters)
      + section("closure-test", recipe["closure-test"], ClosureSection.component.parameters)
      + section("forecast", recipe["forecast"], ForecastSection.component.parameters)
      + section(
        "learning-curve", recipe["learning-curve"].map(LearningCurveSection.map),
        LearningCurveSection.component.parameters)
      + section(
        "diagnose", recipe["diagnose"].flatMap(DiagnoseSection.map), DiagnoseSection.component.parameters)
  }

  /// The settings with those that every recipe has, and with implied ones where none is given.
  private static func completed(
    _ some: [ExperimentSetting], _ recipe: RecipeNode, seed: UInt64,
    _ implied: [(path: String, value: String)]
  ) -> [ExperimentSetting] {
    var settings = some + general(recipe, seed: seed)
    let given = Set(settings.map(\.path))
    settings += implied.filter { !given.contains($0.path) }.map {
      ExperimentSetting(path: $0.path, value: $0.value, isGiven: false)
    }
    return ordered(settings)
  }

  /// The settings that every recipe has.
  private static func general(_ recipe: RecipeNode, seed: UInt64) -> [ExperimentSetting] {
    [
      .init(path: "seed", value: "\(seed)", isGiven: recipe["seed"] != nil),
      .init(
        path: "precision", value: recipe["precision"]?.recipeText ?? Precision.float.rawValue,
        isGiven: recipe["precision"] != nil),
    ]
  }

  /// The settings in the order of the recipe's keys.
  private static func ordered(_ settings: [ExperimentSetting]) -> [ExperimentSetting] {
    settings.enumerated().sorted { first, second in
      let (a, b) = (order(first.element), order(second.element))
      return a == b ? first.offset < second.offset : a < b
    }.map(\.element)
  }

  /// The place of a setting's section among the keys of a recipe.
  private static func order(_ setting: ExperimentSetting) -> Int {
    let section = setting.path.prefix { $0 != "." }
    return ExperimentDecoder.keys.firstIndex(of: String(section)) ?? ExperimentDecoder.keys.count
  }

  private static func section(
    _ name: String, _ node: RecipeNode?, _ parameters: [any AnyParameter]
  ) -> [ExperimentSetting] {
    guard let node else { return [] }
    let isNested: (RecipeNode) -> Bool = { if case .map = $0.kind { true } else { false } }
    return parameters.compactMap { parameter in
      let path = "\(name).\(parameter.name)"
      if let given = node[parameter.name] {
        return isNested(given) ? nil : .init(path: path, value: given.recipeText, isGiven: true)
      }
      guard let value = parameter.defaultText, value != "none" else { return nil }
      return .init(path: path, value: value, isGiven: false)
    }
  }

  /// Whether an optimizer minimizes over all data, so that settings of batches mean nothing to it.
  private static func minimizes(_ node: RecipeNode?) -> Bool {
    guard let node, let call = try? Optimizers.catalog.labeledCall(node), case .call(let name, _) = call.kind
    else { return false }
    return Optimizers.minimizers.contains(name)
  }

  /// The parameters of what a recipe names, given or default, those that a preset changes included.
  private static func component<Product>(
    _ path: String, _ node: RecipeNode?, _ catalog: Catalog<Product>, otherwise name: String,
    where isShown: (String) -> Bool = { _ in true }
  ) -> [ExperimentSetting] {
    let node = node ?? RecipeNode(.scalar(name, isQuoted: false), at: SourcePosition(file: "", line: 1))
    guard let call = try? catalog.labeledCall(node), case .call(let name, let arguments) = call.kind,
      let component = catalog.component(named: name)
    else { return [] }
    func given(_ name: String) -> String? { arguments.first { $0.label == name }?.value.recipeText }
    let preset = given("preset")
    return component.parameters.compactMap { parameter in
      let own = given(parameter.name)
      let otherwise = preset.flatMap { parameter.presetTexts[$0] } ?? parameter.defaultText
      guard isShown(parameter.name), let value = own ?? otherwise else { return nil }
      return .init(path: "\(path).\(parameter.name)", value: value, isGiven: own != nil)
    }
  }
}

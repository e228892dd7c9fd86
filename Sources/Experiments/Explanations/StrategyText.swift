import Components
import Datasets
import Learners
import NeuralNetworks
import Search

/// Writes `prepare`, `model` and `train` of a recipe as a Swift expression that makes the same strategy.
struct StrategyText {
  private let template: RecipeTemplate
  private let experiment: Experiment

  init(_ recipe: RecipeNode, _ experiment: Experiment) {
    template = RecipeTemplate(recipe)
    self.experiment = experiment
  }

  /// Whether hyperparameters stand in it.
  var hasHyperparameters: Bool { !template.space.parameters.isEmpty }

  /// The strategy.
  func strategy() throws -> String {
    if let model = template.section("model"), RecipeTemplate.namesLearner(model) {
      let learner = try component(model, Learners.catalog, "any Learner", nested: nil)
      return SwiftCall("Strategy", [("preparations", try preparations()), ("learner", learner)]).text
    }
    return SwiftCall(
      "Strategy",
      [("preparations", try preparations()), ("network", try network()), ("settings", try settings())]
    ).text
  }

  /// The hyperparameters; nil if there are none.
  func space() -> String? {
    guard hasHyperparameters else { return nil }
    let parameters = template.space.parameters.map { parameter in
      let condition = parameter.condition.map {
        ", condition: .init(parameter: \($0.parameter), choice: \($0.choice))"
      }
      return ".init(name: \(parameter.name.debugDescription), "
        + "distribution: \(parameter.distribution.swiftText)\(condition ?? ""))"
    }
    return "SearchSpace(\(SwiftCall.list(parameters)))"
  }

  /// The list of preparations; nil if there are none.
  func preparations() throws -> String? {
    guard case .list(let items)? = template.section("prepare")?.kind, !items.isEmpty else { return nil }
    return SwiftCall.list(
      try items.map { try component($0, Preparations.catalog, "any Preparation", nested: augmentations) })
  }

  private func augmentations(_ label: String, _ node: RecipeNode) throws -> String {
    let items = if case .list(let items) = node.kind { items } else { [node] }
    let texts = try items.map { try component($0, Augmentations.catalog, "any Augmentation", nested: nil) }
    return "[\(texts.joined(separator: ", "))]"
  }

  // MARK: The network

  private func network() throws -> String {
    let model = template.section("model")
    if let recursive = model?["recursive"] {
      let vocabulary = experiment.data.vocabulary?.count ?? 0
      let first = RecipeNode(
        .call(
          name: "recursive",
          arguments: [
            argument("vocabulary", scalar("\(vocabulary)", recursive)),
            argument("units", recursive["embedding"] ?? scalar("16", recursive)),
            argument("merge", recursive["merge"] ?? recursive),
          ]), at: recursive.position)
      let head = recursive["head"].map { $0.listItems } ?? []
      return "Sequential(\(SwiftCall.list(try ([first] + head).map(layer))))"
    }
    return "Sequential(\(SwiftCall.list(try (model?.listItems ?? []).map(layer))))"
  }

  /// A list of layers, as generators and discriminators have.
  func layers(_ node: RecipeNode) throws -> String {
    "Sequential(\(SwiftCall.list(try node.listItems.map(layer))))"
  }

  private func layer(_ node: RecipeNode) throws -> String {
    try component(node, Layers.catalog, "any Layer", nested: layers)
  }

  private func layers(_ label: String, _ node: RecipeNode) throws -> String {
    if label == "layer" { return try layer(node) }
    if label == "branches" {
      let branches = try node.listItems.map { "[\(try $0.listItems.map(layer).joined(separator: ", "))]" }
      return "[\(branches.joined(separator: ", "))]"
    }
    return "[\(try node.listItems.map(layer).joined(separator: ", "))]"
  }

  private func argument(_ label: String, _ node: RecipeNode) -> RecipeNode.Argument {
    .init(label: label, position: node.position, value: node)
  }

  private func scalar(_ text: String, _ place: RecipeNode) -> RecipeNode {
    RecipeNode(.scalar(text, isQuoted: false), at: place.position)
  }

  // MARK: Training

  private func settings() throws -> String {
    let train = template.section("train")
    func given(_ parameter: any AnyParameter) throws -> String? {
      try train?[parameter.name].map { try value($0, parameter) }
    }
    func member<Product>(
      _ key: String, _ catalog: Catalog<Product>, _ type: String
    ) throws -> String? {
      try train?[key].map { try component($0, catalog, type, nested: nil) }
    }
    let (optimizer, l2) = try optimizer(train)
    let l1 = try given(TrainSection.l1)
    let penalty = [l2.map { "l2: \($0)" }, l1.map { "l1: \($0)" }].compactMap(\.self)
    let stopping = try train?["early-stopping"].map { node in
      try TrainSection.stopping.swiftText(ofMap: node) { _, node, parameter in try value(node, parameter) }
    }
    let first = try experiment.strategy(template.space.extremes.first ?? []).estimator.settings
    let (precision, kept) = (first?.precision ?? .float, first?.snapshots ?? [])
    return SwiftCall(
      "TrainingSettings",
      [
        ("loss", try member("loss", Losses.catalog, "any Loss") ?? defaultLoss()), ("optimizer", optimizer),
        ("schedule", try member("schedule", Schedules.catalog, "any Schedule")),
        ("penalty", penalty.isEmpty ? nil : "Penalty(\(penalty.joined(separator: ", ")))"),
        ("gradientClip", try given(TrainSection.gradientClip)),
        ("averaging", try given(TrainSection.averageWeights)), ("epochs", try given(TrainSection.epochs)),
        ("batchSize", try given(TrainSection.batchSize)),
        ("classWeights", try given(TrainSection.classWeights)),
        ("isShuffled", try given(TrainSection.shuffle)),
        ("initializer", try member("initializer", Initializers.catalog, "any Initializer")),
        ("earlyStopping", stopping), ("precision", precision == .double ? ".double" : nil),
        ("snapshots", kept.isEmpty ? nil : "\(kept)"),
      ]
    ).text
  }

  private func defaultLoss() -> String {
    experiment.data.classes == nil ? "MeanSquaredError()" : "CrossEntropy()"
  }

  /// The optimizer with the settings that stand beside it, and the penalty on squares of weights.
  private func optimizer(_ train: RecipeNode?) throws -> (optimizer: String?, l2: String?) {
    let rate = train?["learning-rate"]
    let decay = train?["weight-decay"]
    guard let node = train?["optimizer"] ?? (rate ?? decay).map({ scalar("adam", $0) }) else {
      return (nil, nil)
    }
    let options = template.hyperparameter(in: node).map(template.choices) ?? [node]
    let own = try options.map { option in
      try filled(option) is any DecoupledDecay
    }
    if decay != nil, Set(own).count > 1 {
      throw Problem(
        RecipeError.unsupported(
          name: "weight-decay",
          reason: "means different things to the chosen optimizers, which Swift cannot say"),
        at: node.position)
    }
    let isOwn = own.first ?? false
    let beside = [("learning-rate", rate), ("weight-decay", isOwn ? decay : nil)]
    let text = try component(node, Optimizers.catalog, "any Optimizer", nested: nil) { call in
      guard case .call(let name, let given) = call.kind else { return call }
      let added = beside.compactMap { label, node in node.map { argument(label, $0) } }
      return RecipeNode(.call(name: name, arguments: given + added), at: call.position)
    }
    let l2 = isOwn ? nil : try decay.map { try value($0, TrainSection.weightDecay) }
    return (text, l2)
  }

  /// The optimizer of a node at some values of its hyperparameters.
  private func filled(_ node: RecipeNode) throws -> any Optimizer {
    let call = try Optimizers.catalog.labeledCall(node)
    guard case .call(let name, let arguments) = call.kind else { return try Optimizers.catalog.decode(node) }
    let fixed = arguments.filter { template.hyperparameter(in: $0.value) == nil }
    return try Optimizers.catalog.decode(RecipeNode(.call(name: name, arguments: fixed), at: call.position))
  }

  // MARK: Components and values

  /// A member of a catalog, or a hyperparameter that chooses one; `nested` writes components within it, and `change` adds
  /// arguments.
  private func component<Product>(
    _ node: RecipeNode, _ catalog: Catalog<Product>, _ type: String,
    nested: ((String, RecipeNode) throws -> String)?,
    change: (RecipeNode) throws -> RecipeNode = { $0 }
  ) throws -> String {
    if let number = template.hyperparameter(in: node) {
      let options = try template.choices(of: number).enumerated().map { index, option in
        let text = try component(option, catalog, type, nested: nested, change: change)
        return index == 0 ? "\(text) as \(type)" : text
      }
      return choice(number, options)
    }
    return try catalog.swiftText(of: try change(try catalog.labeledCall(node))) { label, node, parameter in
      let holdsComponents = parameter is Parameter<RecipeNode> || parameter is Parameter<[RecipeNode]>
      if holdsComponents, let nested, template.hyperparameter(in: node) == nil {
        return try nested(label, node)
      }
      return try value(node, parameter)
    }
  }

  /// The value of a parameter, given or varied.
  private func value(_ node: RecipeNode, _ parameter: any AnyParameter) throws -> String {
    let text: String?
    if let number = template.hyperparameter(in: node) {
      let name = template.space.parameters[number].name.debugDescription
      if case .choice = template.space.parameters[number].distribution {
        text = choice(number, try template.choices(of: number).map { try value($0, parameter) })
      } else {
        text = parameter.swiftText(
          ofNumber: "values.number(\(name))", integer: "values.integer(\(name))")
      }
    } else {
      text = parameter.swiftText(of: node)
    }
    guard let text else {
      throw Problem(
        RecipeError.unsupported(name: parameter.name, reason: "has no form in Swift"), at: node.position)
    }
    return text
  }

  private func choice(_ number: Int, _ options: [String]) -> String {
    let name = template.space.parameters[number].name.debugDescription
    return "values.choice(\(name), \(options.joined(separator: ", ")))"
  }
}

extension RecipeNode {
  /// The items of a list, or the node itself.
  fileprivate var listItems: [RecipeNode] { if case .list(let items) = kind { items } else { [self] } }
}

extension Distribution {
  /// The distribution as a Swift expression.
  var swiftText: String {
    switch self {
    case .real(let low, let high, let step, let isLog):
      ".real(low: \(low.swiftText ?? "0"), high: \(high.swiftText ?? "1"), "
        + (step.map { "step: \($0.swiftText ?? "1"), " } ?? "") + "isLog: \(isLog))"
    case .normal(let mean, let deviation):
      ".normal(mean: \(mean.swiftText ?? "0"), deviation: \(deviation.swiftText ?? "1"))"
    case .integer(let low, let high, let step, let isLog):
      ".integer(low: \(low), high: \(high), step: \(step), isLog: \(isLog))"
    case .choice(let names): ".choice(\(names))"
    }
  }
}

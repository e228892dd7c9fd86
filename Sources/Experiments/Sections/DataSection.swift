import Components
import Datasets
import Tensors

/// The data of an experiment.
public enum ExperimentData: Sendable {
  /// Examples, and what their target is taken for if the recipe says so.
  case examples(Dataset, task: TargetKind?)
  /// Points of a known law.
  case law(LawData)
}

/// What a target column is taken for.
public enum TargetKind: String, NamedChoice {
  case classification, regression
}

extension Dataset {
  /// The examples with their target taken for what a recipe says; throws the problem if it cannot be.
  fileprivate func taken(for task: TargetKind?, at node: RecipeNode?) throws -> Dataset {
    switch task {
    case nil: return self
    case .classification:
      let result = classified()
      guard result.classes != nil else {
        throw Problem(RecipeError.taskNeedsClasses(name: "classification"), at: node?.position ?? nowhere)
      }
      return result
    case .regression:
      guard classes == nil else {
        throw Problem(RecipeError.taskNeedsNumbers(name: "regression"), at: node?.position ?? nowhere)
      }
      return self
    }
  }

  private var nowhere: SourcePosition { SourcePosition(file: "", line: 1) }
}

/// The key `data`: where examples come from.
enum DataSection {
  static let target = Parameter<String>("target", help: "The column to predict.")
  static let file = Parameter<String>("csv", help: "The file, relative to the document.")
  static let features = Parameter<[String]?>("features", default: nil, help: "The columns to learn from.")
  static let drop = Parameter<[String]>("drop", default: [], help: "Columns to leave out.")
  static let task = Parameter<TargetKind?>("task", default: nil, help: "What the target is.")
  static let law = Parameter<String>("law", help: "A function of x, as in x^0.7*(1-x)^3.")
  static let points = Parameter<RecipeNode>("points", help: "Where the law is sampled.")
  static let noise = Parameter<RecipeNode>("noise", help: "How large the noise is.")
  static let range = Parameter<[Double]>("range", "two rising numbers", help: "The first and the last point.")
  {
    $0.count == 2 && $0[0] < $0[1]
  }
  static let count = Parameter<Int>("count", default: 50, "at least 4", help: "The number of points.") {
    $0 >= 4
  }
  static let spacing = Parameter<LawData.Spacing>("spacing", default: .linear, help: "How points are spaced.")
  static let relative = Parameter<Double>(
    "relative", default: 0, "at least 0", help: "As a fraction of the value."
  ) {
    $0 >= 0
  }
  static let absolute = Parameter<Double>("absolute", default: 0, "at least 0", help: "Added in squares.") {
    $0 >= 0
  }

  /// Files of comma-separated values.
  static let csv = Component<@Sendable (RecipeContext) throws -> ExperimentData>(
    "data", help: "A file of comma-separated values.", parameters: [file, target, features, drop, task]
  ) { arguments in
    { context in
      let contents = try located(arguments, "csv") {
        try CSVReader().read(path: context.path(arguments[file]), name: arguments[file])
      }
      let data = try located(arguments, "target") {
        try contents.dataset(target: arguments[target], features: arguments[features], drop: arguments[drop])
      }
      return .examples(
        try data.taken(for: arguments[task], at: arguments.given["task"]), task: arguments[task])
    }
  }

  /// Points of a law.
  static let lawData = Component<@Sendable (RecipeContext) throws -> ExperimentData>(
    "data", help: "Points of a known law with noise.", parameters: [law, points, noise]
  ) { arguments in
    let law = try located(arguments, "law") { try Law(arguments[Self.law]) }
    let places = try pointsComponent.decode(map: arguments[points])
    let noise = try noiseComponent.decode(map: arguments[noise])
    let data = LawData(law: law, points: places, noise: noise)
    if let index = data.values.firstIndex(where: { !$0.isFinite }) {
      let reason = "is not finite at x = \(data.points[index].recipeText)"
      throw Problem(
        DatasetError.badLaw(text: arguments[Self.law], reason: reason),
        at: arguments.given["law"]?.position ?? arguments.position)
    }
    guard data.errors.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw Problem(
        RecipeError.outOfRange(
          name: "noise", requirement: "above 0 at every point", found: arguments[Self.noise].recipeText),
        at: arguments[Self.noise].position)
    }
    return { _ in .law(data) }
  }

  private static let pointsComponent = Component<[Double]>(
    "points", help: "Where the law is sampled.", parameters: [range, count, spacing]
  ) { arguments in
    let ends = arguments[range]
    if arguments[spacing] == .log, ends[0] <= 0 {
      throw Problem(
        RecipeError.badInterval(
          path: "data.points.range", reason: "has no logarithm at \(ends[0].recipeText)"),
        at: arguments.given["range"]?.position ?? arguments.position)
    }
    return LawData.points(ends[0]...ends[1], count: arguments[count], spacing: arguments[spacing])
  }

  private static let noiseComponent = Component<LawData.Noise>(
    "noise", help: "How large the noise is.", parameters: [relative, absolute]
  ) { LawData.Noise(relative: $0[relative], absolute: $0[absolute]) }

  /// Reads the data.
  ///
  /// Throws the first problem.
  static func data(_ node: RecipeNode, in context: RecipeContext) throws -> ExperimentData {
    guard case .map = node.kind else {
      throw Problem(
        RecipeError.wrongType(
          name: "data", expected: "a map of settings", found: node.shortDescription, known: [], given: nil),
        at: node.position)
    }
    if node["csv"] != nil { return try csv.decode(map: node)(context) }
    if node["law"] != nil { return try lawData.decode(map: node)(context) }
    guard let name = node["generate"] else {
      let known = ["generate", "csv", "law"]
      if let wrong = node.entries.first, !known.contains(wrong.key) {
        throw Problem(
          RecipeError.unknownKey(in: "data", name: wrong.key, known: known), at: wrong.keyPosition)
      }
      throw Problem(RecipeError.missingKey(in: "data", name: "generate"), at: node.position)
    }
    let arguments = node.entries.filter { $0.key != "generate" }.map {
      RecipeNode.Argument(label: $0.key, position: $0.keyPosition, value: $0.value)
    }
    let call = RecipeNode(.call(name: String(recipe: name) ?? "", arguments: arguments), at: name.position)
    var stream = RandomStream(seed: context.seed, .data)
    let generator = try Generators.catalog.decode(call)
    return .examples(try generator.dataset(using: &stream, painter: context.painter), task: nil)
  }

  /// Runs a body and gives its data errors the place of an argument.
  private static func located<Value>(
    _ arguments: Arguments, _ name: String, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as DatasetError {
      throw Problem(error, at: place(of: error, arguments, name))
    }
  }

  private static func place(of error: DatasetError, _ arguments: Arguments, _ name: String) -> SourcePosition
  {
    if case .unknownColumn(let column, _) = error {
      for key in ["target", "features", "drop"] {
        guard let node = arguments.given[key] else { continue }
        if String(recipe: node) == column { return node.position }
        if case .list(let items) = node.kind, let item = items.first(where: { String(recipe: $0) == column })
        {
          return item.position
        }
      }
    }
    return arguments.given[name]?.position ?? arguments.position
  }
}

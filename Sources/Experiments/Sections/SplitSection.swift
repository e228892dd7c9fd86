import Components
import Datasets

/// The test part as a recipe gives it: a share of the examples, or data of their own.
enum TestSetting: RecipeValue, Hashable {
  case share(Double)
  case data(RecipeNode)

  static var typeDescription: String { "a number, or data as in {csv: test.csv}" }

  init?(recipe node: RecipeNode) {
    if let share = Double(recipe: node) {
      self = .share(share)
    } else if case .map = node.kind {
      self = .data(node)
    } else {
      return nil
    }
  }

  var recipeText: String {
    switch self {
    case .share(let share): share.recipeText
    case .data(let node): node.recipeText
    }
  }

  /// The share; data stand with the others.
  var swiftText: String? { if case .share(let share) = self { share.swiftText } else { nil } }
}

/// The key `split`: which examples are kept for the test and for validation.
enum SplitSection {
  private static func fraction(_ name: String, _ help: String) -> Parameter<Double?> {
    Parameter(name, default: .some(nil), "between 0 and 1", help: help) { value in
      value.map { $0 > 0 && $0 < 1 } ?? true
    }
  }
  static let test = Parameter<TestSetting?>(
    "test", default: .some(nil), "between 0 and 1",
    help:
      "The share of all examples that is scored once at the end, or data of their own, as in {csv: test.csv}."
  ) { setting in
    guard case .share(let share)? = setting else { return true }
    return share > 0 && share < 1
  }
  static let column = Parameter<String?>(
    "column", default: nil, help: "The column that names the part of each example: train, validation or test."
  )
  static let mask = Parameter<Split.Mask>(
    "mask", default: .shared, help: "Whether the replicas of a fit share their validation part.")
  static let validation = fraction("validation", "The share of the rest that training may look at.")
  static let stratify = Parameter<Bool>(
    "stratify", default: false, help: "Whether every part has its share of every class.")
  static let shuffle = Parameter<Bool>(
    "shuffle", default: true, help: "Whether the parts are drawn at random.")

  static let component = Component<Split>(
    "split", help: "Which examples are kept for the test and for validation.",
    swift: "Split(test, validation, isStratified stratify, isShuffled shuffle, mask)",
    parameters: [test, validation, stratify, shuffle, column, mask]
  ) { arguments in
    if arguments[column] != nil,
      let other = [test.name, validation.name].first(where: { arguments.given[$0] != nil })
    {
      throw Problem(
        RecipeError.conflict(column.name, other, reason: "both tell which examples are kept"),
        at: arguments.place(of: other))
    }
    var share: Double?
    if case .share(let given)? = arguments[test] { share = given }
    return Split(
      test: share, validation: arguments[validation], isStratified: arguments[stratify],
      isShuffled: arguments[shuffle], mask: arguments[mask])
  }

  /// The data with the parts that the key gives them without drawing.
  ///
  /// `data` is the key `data`, whose settings those of test data replace.
  static func divided(
    _ source: ExperimentData, by split: RecipeNode?, _ data: RecipeNode, in context: RecipeContext
  ) throws -> ExperimentData {
    let isDrawn = data[GeneratorSource.component.name] != nil || data[LawSource.component.name] != nil
    let own = split?[column.name] ?? split?[test.name].flatMap { testData($0, data) }
    if isDrawn, let own { throw Problem(DatasetError.partsOfDrawnData, at: own.position) }
    if let node = split?[column.name], let name = String(recipe: node) {
      return try located(node) { try source.divided(by: name) }
    }
    guard let node = split?[test.name], let merged = testData(node, data) else { return source }
    let other = try context.data(merged)
    return try located(node) { try source.with(test: other) }
  }

  /// What `divided` does, behind a Swift expression of the data.
  static func swiftText(_ source: String, by split: RecipeNode?, _ data: RecipeNode) throws -> String {
    if let node = split?[column.name], let name = String(recipe: node) {
      return "\(source).divided(by: \(name.debugDescription))"
    }
    guard let node = split?[test.name], let merged = testData(node, data) else { return source }
    return "\(source).with(test: \(try DataSection.swiftText(merged)))"
  }

  /// The key `data` of test data: that of the others with the settings that are given.
  private static func testData(_ node: RecipeNode, _ data: RecipeNode) -> RecipeNode? {
    guard case .map(let own) = node.kind else { return nil }
    let rest = data.entries.filter { entry in !own.contains { $0.key == entry.key } }
    return RecipeNode(.map(own + rest), at: node.position)
  }

  private static func located<Value>(_ node: RecipeNode, _ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as DatasetError { throw Problem(error, at: node.position) }
  }
}

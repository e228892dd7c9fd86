import Components
import Datasets
import Tensors

/// Divides examples into folds: what each holds out is scored by a model that learned from the others.
///
/// A splitter is a plain value; the folds that it makes can be drawn and tested without any training.
public protocol Splitter: Sendable {
  /// The name in recipes.
  var name: String { get }
  /// How many folds there are; nil where the data decide.
  var plannedCount: Int? { get }
  /// Whether no example is held out by two folds.
  var holdsOutOnce: Bool { get }
  /// Whether the examples keep their order in time, so that windows of a series can be divided so.
  var keepsOrder: Bool { get }
  /// The splitter as a Swift expression.
  var swiftText: String { get }
  /// The folds of some examples of the data.
  ///
  /// Throws what keeps the examples from being divided so; nothing is computed for that.
  func folds(
    of examples: [Int], in data: Dataset, using stream: inout RandomStream
  ) throws(SplitterError) -> [Fold]
}

extension Splitter {
  public var keepsOrder: Bool { false }
}

/// All splitters: what `validate` can name.
///
/// The key with the name of a splitter decides which it is.
public enum Splitters {
  /// The splitters by name.
  public static let catalog = Catalog<any Splitter>(
    "splitter",
    [
      SplitterKeys.kFold, SplitterKeys.leaveOneOut, SplitterKeys.leavePOut, SplitterKeys.leaveGroupsOut,
      SplitterKeys.shuffleSplit, SplitterKeys.timeSeries, SplitterKeys.folds, SplitterKeys.nested,
    ])

  /// The member that a node names: by itself, by a call, or by the first key of a map that is known.
  public static func component(of node: RecipeNode) -> Component<any Splitter>? {
    switch node.kind {
    case .scalar(let name, _): catalog.component(named: name)
    case .call(let name, _): catalog.component(named: name)
    case .map(let entries): entries.lazy.compactMap { catalog.component(named: $0.key) }.first
    default: nil
    }
  }

  /// Makes the splitter that a node names; `place` is the key where it stands.
  ///
  /// Throws the first problem.
  public static func splitter(_ node: RecipeNode, in place: String) throws -> any Splitter {
    guard case .map(let entries) = node.kind else {
      switch node.kind {
      case .scalar(_, isQuoted: _) where Double(recipe: node) == nil, .call: return try catalog.decode(node)
      default:
        throw Problem(
          RecipeError.wrongType(
            name: place, expected: "a splitter, as in {k-fold: 5}", found: node.shortDescription, known: [],
            given: nil), at: node.position)
      }
    }
    guard let component = component(of: node) else {
      let parameters = Set(catalog.components.flatMap { $0.parameters.map(\.name) })
      if let wrong = entries.first(where: { !parameters.contains($0.key) }) {
        throw Problem(
          RecipeError.unknownKey(in: place, name: wrong.key, known: catalog.names), at: wrong.keyPosition)
      }
      throw Problem(
        RecipeError.missingKey(in: place, name: SplitterKeys.kFold.name), at: node.position)
    }
    if component.parameters.isEmpty, entries.count == 1 { return try catalog.decode(node) }
    return try component.decode(map: node)
  }
}

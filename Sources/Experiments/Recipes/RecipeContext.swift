import Components
import Datasets
import Foundation

/// What a recipe is read against: where its paths lead, and what its document sets.
public struct RecipeContext: Sendable {
  /// The folder that the paths of the recipe are relative to.
  public var folder: String
  /// The seed unless the recipe gives one.
  public var seed: UInt64
  /// The document's parameters for `!param name`.
  public var parameters: [String: RecordedValue]
  /// The recipes of the document by the labels of their blocks, for `like`.
  public var recipes: [String: RecipeNode]
  /// Draws characters for data that are pictures of them.
  public var painter: (any GlyphPainter)?
  /// The threads that read large files.
  public var pool: any WorkerPool = SerialPool()
  /// The data that recipes have read already.
  private let store = DataStore()

  /// A context.
  public init(
    folder: String, seed: UInt64 = 0, parameters: [String: RecordedValue] = [:],
    recipes: [String: RecipeNode] = [:]
  ) {
    self.folder = folder
    self.seed = seed
    self.parameters = parameters
    self.recipes = recipes
  }

  /// A path of the recipe as one of the file system.
  func path(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

  /// The data of the key `data`: read once for all recipes that name the same.
  func data(_ node: RecipeNode) throws -> ExperimentData {
    let key = "\(seed) \(node.recipeText)"
    if let data = store[key] { return data }
    var data = try DataSection.data(node, in: self)
    if case .generated = data { data = .examples(try data.drawn(seed: seed, takesClasses: false).data) }
    store[key] = data
    return data
  }
}

/// Data by what names them, for all threads that read recipes.
private final class DataStore: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: [String: ExperimentData] = [:]

  subscript(key: String) -> ExperimentData? {
    get { lock.withLock { stored[key] } }
    set { lock.withLock { stored[key] = newValue } }
  }
}

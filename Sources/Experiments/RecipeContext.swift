import Components

/// What a recipe is read against: where its paths lead, and what its document sets.
public struct RecipeContext: Sendable {
  /// The folder that the paths of the recipe are relative to.
  public var folder: String
  /// The seed unless the recipe gives one.
  public var seed: UInt64
  /// The document's parameters for `!param name`.
  public var parameters: [String: RecordedValue]
  /// The threads that read large files.
  public var pool: any WorkerPool

  /// A context.
  public init(
    folder: String, seed: UInt64 = 0, parameters: [String: RecordedValue] = [:],
    pool: any WorkerPool = SerialPool()
  ) {
    self.pool = pool
    self.folder = folder
    self.seed = seed
    self.parameters = parameters
  }

  /// A path of the recipe as one of the file system.
  func path(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
}

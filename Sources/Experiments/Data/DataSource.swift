import Components
import Datasets

/// A place that the examples of an experiment come from: a file, a law, a generator.
public protocol DataSource: Sendable {
  /// Reads or makes the data.
  ///
  /// Throws the problem that they have, at its place in the recipe or in the file.
  func data(in context: RecipeContext) throws -> ExperimentData
  /// The data as a Swift expression of the type ``ExperimentData``; throws what has none.
  func swiftText() throws -> String
}

/// All sources: what `data` can name.
///
/// The key with the name of a source decides which it is.
public enum DataSources {
  /// The sources by name.
  public static let catalog = Catalog<any DataSource>(
    "data source",
    [
      GeneratorSource.component, CSVSource.component, NPYSource.component, NPZSource.component,
      IDXSource.component, LawSource.component,
    ])

  static let task = Parameter<TargetKind?>(
    "task", default: nil, help: "What the target is; text is always classes.")
  static let shape = Parameter<[Int]?>(
    "shape", default: .some(nil), "at least 1",
    help: "The shape of an example's features, as in [8, 8, 1]."
  ) { $0.map { !$0.isEmpty && $0.allSatisfy { $0 > 0 } && $0.count <= 8 } ?? true }
}

extension Arguments {
  /// Where a parameter was given, or the component named.
  func place(of name: String) -> SourcePosition { given[name]?.position ?? position }

  /// Runs a body and gives what it explains the place of an argument.
  func located<Value>(at name: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatasetError {
      throw Problem(error, at: columnPlace(of: error) ?? place(of: name))
    } catch let error as DataFileError {
      throw Problem(error, at: place(of: name))
    }
  }

  /// Where the recipe names the column that an error is about.
  private func columnPlace(of error: DatasetError) -> SourcePosition? {
    let column: String
    switch error {
    case .unknownColumn(let name, _), .columnTwice(let name, _, _), .textColumn(let name, _),
      .timeNotRising(let name), .seriesTooShort(let name, _, _):
      column = name
    default: return nil
    }
    // A column with two roles is reported where it gets the second.
    var places: [SourcePosition] = []
    for key in ["target", "features", "drop", "weight", "group", "error", "series", "time"] {
      guard let node = given[key] else { continue }
      let items = if case .list(let items) = node.kind { items } else { [node] }
      places += items.filter { String(recipe: $0) == column }.map(\.position)
    }
    if case .columnTwice = error { return places.last }
    return places.first
  }
}

extension Arguments {
  /// What `arranged(by:)` does, behind a Swift expression of a data set, as data of an experiment.
  func swiftText(arranging data: String) -> String {
    var text = data
    if let shape = self[DataSources.shape] { text += ".reshaped(\(shape))" }
    switch self[DataSources.task] {
    case nil: return ".examples(try \(text))"
    case .classification: return ".examples(try \(text).classified(), task: .classification)"
    case .regression: return ".examples(try \(text), task: .regression)"
    }
  }
}

extension Dataset {
  /// The examples in the shape and with the target that a recipe gives them.
  func arranged(by arguments: Arguments) throws -> Dataset {
    var result = self
    if let shape = arguments[DataSources.shape] {
      result = try arguments.located(at: "shape") { try result.reshaped(shape) }
    }
    return try result.taken(for: arguments[DataSources.task], at: arguments.place(of: "task"))
  }

  /// The examples with their target taken for what a recipe says.
  private func taken(for task: TargetKind?, at position: SourcePosition) throws -> Dataset {
    switch task {
    case nil: return self
    case .classification:
      let result = classified()
      guard result.classes != nil else {
        throw Problem(RecipeError.taskNeedsClasses(name: "classification"), at: position)
      }
      return result
    case .regression:
      guard classes == nil else {
        throw Problem(RecipeError.taskNeedsNumbers(name: "regression"), at: position)
      }
      return self
    }
  }
}

import Components
import Datasets

/// A file of comma-separated values: `{csv: data.csv, target: kind}`, or a column of one as a series in time:
/// `{csv: data.csv, series: temperature, window: 24}`.
struct CSVSource: DataSource {
  private static let file = Parameter<String>("csv", help: "The file, relative to the document; .gz as well.")
  private static let target = Parameter<[String]>(
    "target", default: [], help: "The column to predict, or several.")
  private static let features = Parameter<[String]?>(
    "features", default: nil, help: "The columns to learn from; all others unless given.")
  private static let drop = Parameter<[String]>("drop", default: [], help: "Columns to leave out.")
  private static let weight = Parameter<String?>(
    "weight", default: nil, help: "The column that tells how much an example counts.")
  private static let group = Parameter<String?>(
    "group", default: nil, help: "The column of groups that folds keep together.")
  private static let error = Parameter<String?>(
    "error", default: nil, help: "The column with the standard deviation of the target's noise.")
  private static let delimiter = Parameter<String?>(
    "delimiter", default: .some(nil), "one character, as in \";\" or \"\\t\"",
    help: "What stands between fields; tabs in .tsv files, else commas."
  ) {
    $0.map { $0.count == 1 && ($0.first?.isASCII ?? false) && !"\"\n\r ".contains($0) } ?? true
  }
  private static let missing = Parameter<[String]>(
    "missing", default: [], help: "Texts that mean no value, beside empty fields, NA, N/A, nan, null and ?.")
  private static let series = Parameter<String?>(
    "series", default: nil, help: "The column whose future is predicted from its past, in place of a target.")
  private static let window = Parameter<Int>(
    "window", default: 24, "at least 1", help: "The values of a series that an example sees."
  ) { $0 >= 1 }
  private static let horizon = Parameter<Int>(
    "horizon", default: 1, "at least 1", help: "The values of a series that it predicts."
  ) { $0 >= 1 }
  private static let time = Parameter<String?>(
    "time", default: nil, help: "The column of a series' times, which must rise.")

  static let component = Component<any DataSource>(
    "csv", help: "A file of comma-separated values with a header.",
    parameters: [
      file, target, features, drop, weight, group, error, DataSources.shape, DataSources.task, delimiter,
      missing, series, window, horizon, time,
    ]
  ) { try CSVSource($0) }

  private let arguments: Arguments

  private init(_ arguments: Arguments) throws {
    self.arguments = arguments
    guard arguments[Self.series] == nil else {
      let others = ["target", "features", "drop", "weight", "group", "error", "shape", "task"]
      if let other = others.first(where: { arguments.given[$0] != nil }) {
        throw Problem(
          RecipeError.conflict("series", other, reason: "a series predicts itself from its past"),
          at: arguments.place(of: other))
      }
      return
    }
    if let only = ["window", "horizon", "time"].first(where: { arguments.given[$0] != nil }) {
      throw Problem(
        RecipeError.unsupported(name: only, reason: "needs the key \"series\""),
        at: arguments.place(of: only))
    }
    guard !arguments[Self.target].isEmpty else {
      throw Problem(
        RecipeError.missingKey(in: "csv", name: "target"),
        at: arguments.given["target"]?.position ?? arguments.position)
    }
  }

  func swiftText() throws -> String {
    let name = arguments[Self.file].debugDescription
    var options: [String] = []
    if let delimiter = arguments[Self.delimiter] {
      options.append("delimiter: \(delimiter.debugDescription)")
    }
    if !arguments[Self.missing].isEmpty { options.append("missing: \(arguments[Self.missing])") }
    let table = "CSVReader(\(options.joined(separator: ", "))).read(path: \(name))"
    if let series = arguments[Self.series] {
      let time = arguments[Self.time].map { ", time: \($0.debugDescription)" } ?? ""
      let windows = "window: \(arguments[Self.window]), horizon: \(arguments[Self.horizon])"
      return ".examples(try \(table).series(\(series.debugDescription)\(time), \(windows)))"
    }
    var roles = ["targets: \(arguments[Self.target])"]
    if let features = arguments[Self.features] { roles.append("features: \(features)") }
    if !arguments[Self.drop].isEmpty { roles.append("drop: \(arguments[Self.drop])") }
    for (role, column) in [
      ("weight", arguments[Self.weight]), ("group", arguments[Self.group]), ("error", arguments[Self.error]),
    ] {
      if let column { roles.append("\(role): \(column.debugDescription)") }
    }
    return arguments.swiftText(
      arranging: "\(table).dataset(ColumnRoles(\(roles.joined(separator: ", "))))")
  }

  func data(in context: RecipeContext) throws -> ExperimentData {
    let name = arguments[Self.file]
    let reader = CSVReader(
      delimiter: arguments[Self.delimiter]?.first, missing: arguments[Self.missing])
    let table = try arguments.located(at: "csv") {
      try reader.read(path: context.path(name), name: name, pool: context.pool)
    }
    if let series = arguments[Self.series] { return .examples(try windows(series, of: table), task: nil) }
    let roles = ColumnRoles(
      targets: arguments[Self.target], features: arguments[Self.features], drop: arguments[Self.drop],
      weight: arguments[Self.weight], group: arguments[Self.group], error: arguments[Self.error])
    let data = try arguments.located(at: "target") { try table.dataset(roles) }
    if data.errors != nil, data.classes != nil {
      throw Problem(RecipeError.taskNeedsNumbers(name: "error"), at: arguments.place(of: "error"))
    }
    return .examples(try data.arranged(by: arguments), task: arguments[DataSources.task])
  }

  private func windows(_ series: String, of table: CSVTable) throws -> Dataset {
    try arguments.located(at: "series") {
      try table.series(
        series, time: arguments[Self.time], window: arguments[Self.window], horizon: arguments[Self.horizon])
    }
  }
}

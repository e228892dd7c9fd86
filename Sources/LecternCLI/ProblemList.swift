import Components

/// Problems as machines read them.
enum ProblemList {
  /// One JSON array.
  static func json(_ problems: [Problem]) -> String {
    RecordedValue.list(
      problems.map { problem in
        var object: [String: RecordedValue] = [
          "file": .text(problem.file), "line": .integer(problem.line), "column": .integer(problem.column),
          "severity": .text(problem.severity.rawValue), "message": .text(problem.message),
        ]
        object["hint"] = problem.hint.map { .text($0) }
        return .object(object)
      }
    ).json
  }
}

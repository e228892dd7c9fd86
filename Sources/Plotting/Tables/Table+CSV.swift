extension Table {
  /// The table as comma-separated values with a header (RFC 4180).
  ///
  /// Numbers are the shortest decimals that read back as the same. A column with errors has a second one for
  /// them, called as in `accuracy error`; missing cells are empty.
  public var csv: String {
    let hasErrors = columns.indices.map { column in
      rows.indices.contains { if case .uncertain = self[$0, column] { true } else { false } }
    }
    var lines = [
      columns.indices.flatMap { column in
        [columns[column].title] + (hasErrors[column] ? ["\(columns[column].title) error"] : [])
      }
    ]
    for row in rows.indices {
      lines.append(
        columns.indices.flatMap { column in
          fields(of: self[row, column]).prefix(hasErrors[column] ? 2 : 1)
        })
    }
    return lines.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  /// The fields of a cell: its value and its error.
  private func fields(of cell: Cell) -> [String] {
    switch cell {
    case .missing: ["", ""]
    case .text(let text): [text, ""]
    case .integer(let value): ["\(value)", ""]
    case .real(let value): [text(of: value), ""]
    case .uncertain(let value, let error): [text(of: value), text(of: error)]
    case .boolean(let flag): [flag ? "true" : "false", ""]
    }
  }

  private func text(of value: Double) -> String {
    value.isFinite ? "\(value)" : value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
  }

  /// A field in quotes where its content asks for them.
  private func quoted(_ field: String) -> String {
    guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return field
    }
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}

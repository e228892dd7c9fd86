import Tensors

/// The layers of a network with the shapes behind them and the numbers of their parameters.
public struct NetworkSummary: Sendable, CustomStringConvertible {
  /// A layer.
  public struct Row: Sendable, Hashable {
    /// The number of the layer, as in `2.1`, counted from one.
    public var number: String
    /// The name of the layer.
    public var name: String
    /// The shape of a sample behind it.
    public var shape: Shape
    /// The trained parameters, those of inner layers included.
    public var parameters: Int
  }

  /// The shape of a sample.
  public let input: Shape
  /// The layers; layers in layers follow the one that they are in.
  public let rows: [Row]

  init(input: Shape, entries: [NetworkTrace.Entry]) {
    self.input = input
    rows = entries.map { entry in
      Row(
        number: entry.path.map { "\($0 + 1)" }.joined(separator: "."), name: entry.name, shape: entry.shape,
        parameters: entry.parameterCount)
    }
  }

  /// All trained parameters.
  public var parameterCount: Int { rows.reduce(0) { $0 + ($1.number.contains(".") ? 0 : $1.parameters) } }

  /// A table of lines.
  public var description: String {
    var table = [["", "layer", "shape", "parameters"], ["", "input", "\(input)", ""]]
    table += rows.map { [$0.number, $0.name, "\($0.shape)", "\($0.parameters)"] }
    table.append(["", "total", "", "\(parameterCount)"])
    let widths = (0..<4).map { column in table.reduce(0) { max($0, $1[column].count) } }
    func padded(_ text: String, _ column: Int) -> String {
      let gap = String(repeating: " ", count: widths[column] - text.count)
      return column == 3 ? gap + text : text + gap
    }
    return table.map { row in
      row.indices.map { padded(row[$0], $0) }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

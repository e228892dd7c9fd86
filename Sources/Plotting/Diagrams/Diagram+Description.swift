extension Diagram {
  /// The edges in words: what leads where.
  var alternativeText: String {
    var clauses: [String] = []
    for node in nodes {
      for isDirected in [true, false] {
        let targets = edges.filter { $0.from == node.name && $0.isDirected == isDirected }.map { edge in
          text(of: edge.to) + (edge.label.map { " (\(Label($0).plain))" } ?? "")
        }
        guard !targets.isEmpty else { continue }
        clauses.append("\(text(of: node.name)) \(isDirected ? "to" : "with") \(Self.joined(targets))")
      }
      let isAlone = !edges.contains { $0.from == node.name || $0.to == node.name }
      if isAlone { clauses.append("\(text(of: node.name)) alone") }
    }
    return clauses.isEmpty ? "Empty diagram." : "Diagram: \(clauses.joined(separator: "; "))."
  }

  /// The edges as a table.
  var dataTable: Table {
    let hasLabels = edges.contains { $0.label != nil }
    return Table(
      columns: ["from", "to"] + (hasLabels ? ["label"] : []),
      rows: edges.map { edge in
        [.text(text(of: edge.from)), .text(text(of: edge.to))]
          + (hasLabels ? [.text(edge.label.map { Label($0).plain } ?? "")] : [])
      })
  }

  private func text(of name: String) -> String { Label(node(named: name)?.label ?? name).plain }

  private static func joined(_ items: [String]) -> String {
    guard items.count > 1, let last = items.last else { return items.joined() }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}

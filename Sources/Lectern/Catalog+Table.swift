import Components
import Plotting

extension Catalog {
  /// The members with their parameters and defaults: the tables of the guide.
  public var table: Table {
    Table(
      columns: ["name", "parameters", "what"],
      rows: descriptions.map { member in
        let parameters = member.parameters.map { parameter in
          let presets = parameter.presetTexts.sorted { $0.key < $1.key }.map { " (\($0.key): \($0.value))" }
          let text = parameter.defaultText.map { "\(parameter.name): \($0)" } ?? parameter.name
          return text + presets.joined()
        }
        return [.text(member.name), .text(parameters.joined(separator: ", ")), .text(member.help)]
      }, hasRowHeaders: true)
  }
}

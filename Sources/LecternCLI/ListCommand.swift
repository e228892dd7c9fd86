import ArgumentParser
import Components
import Datasets
import Execution
import Experiments
import Foundation
import NeuralNetworks
import Plotting
import Search
import Validation

/// `lectern list`: the catalogs.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what recipes can name.",
    discussion: "WHAT is one of: " + catalogs.map(\.name).joined(separator: ", ") + ".")

  @Argument(help: "The catalog to list.")
  var what: String

  private static let catalogs: [(name: String, members: [ComponentDescription])] = [
    ("layers", Layers.catalog.descriptions), ("losses", Losses.catalog.descriptions),
    ("optimizers", Optimizers.catalog.descriptions), ("schedules", Schedules.catalog.descriptions),
    ("initializers", Initializers.catalog.descriptions),
    ("sources", DataSources.catalog.descriptions), ("generators", Generators.catalog.descriptions),
    ("preparations", Preparations.catalog.descriptions),
    ("metrics", Metrics.catalog.descriptions), ("samplers", Samplers.catalog.descriptions),
    ("activations", Activation.allCases.map { .init(name: $0.rawValue, help: "", parameters: []) }),
    ("plots", ResultView.all.map { .init(name: $0.name, help: help(of: $0), parameters: []) }),
    (
      "marks", MarkKind.catalog.map { .init(name: $0.name, help: capitalized($0.help) + ".", parameters: []) }
    ),
  ]

  /// What a view shows, what a recipe must have for it, or that cells draw it.
  private static func help(of view: ResultView) -> String {
    if !view.isOfResults { return view.help + " Drawn by cells from their own numbers." }
    let needs = view.needs.map(\.words).joined(separator: " and ")
    let table = view.example == nil ? " A table." : ""
    return view.help + table + (needs.isEmpty ? "" : " Needs \(needs).")
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  func validate() throws {
    let names = Self.catalogs.map(\.name)
    guard !names.contains(what) else { return }
    let hint = Suggestion.hint(for: what, among: names).map { " (\($0))" } ?? ""
    throw ValidationError("there is no catalog \"\(what)\"\(hint)")
  }

  func run() throws {
    for member in Self.catalogs.first(where: { $0.name == what })?.members ?? [] {
      print(member.help.isEmpty ? member.name : "\(member.name): \(member.help)")
      for parameter in member.parameters {
        let presets = parameter.presetTexts.sorted { $0.key < $1.key }.map { ", \($0.value) for \($0.key)" }
        let value = parameter.defaultText.map { ", \($0) unless given" } ?? ", required"
        print(
          "  \(parameter.name): \(parameter.typeDescription)\(value)\(presets.joined()). \(parameter.help)")
      }
    }
  }
}

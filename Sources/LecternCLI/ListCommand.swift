import ArgumentParser
import Components
import Datasets
import Documents
import Execution
import Experiments
import Foundation
import Learners
import NeuralNetworks
import Plotting
import Publishing
import Search
import Validation

/// `lectern list`: the catalogs.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what recipes can name.",
    discussion: "WHAT is one of: " + catalogs.map(\.name).joined(separator: ", ") + ".")

  @Argument(help: "The catalog to list; without it, the catalogs there are.")
  var what: String?

  @Flag(help: "Print JSON.")
  var json = false

  private static let catalogs: [(name: String, members: [ComponentDescription])] = [
    ("recipe", RecipeKeys.descriptions),
    ("layers", Layers.catalog.descriptions), ("learners", Learners.catalog.descriptions),
    ("losses", Losses.catalog.descriptions),
    ("optimizers", Optimizers.catalog.descriptions), ("schedules", Schedules.catalog.descriptions),
    ("initializers", Initializers.catalog.descriptions),
    ("sources", DataSources.catalog.descriptions),
    ("generators", Generators.catalog.descriptions), ("preparations", Preparations.catalog.descriptions),
    ("augmentations", Augmentations.catalog.descriptions),
    ("metrics", Metrics.catalog.descriptions), ("sample-metrics", SampleMetrics.catalog.descriptions),
    ("clustering-metrics", ClusteringMetrics.catalog.descriptions),
    ("gan-losses", RecipeKeys.lossesOfGANs), ("latent-distributions", RecipeKeys.latentDistributions),
    ("splitters", Splitters.catalog.descriptions), ("samplers", Samplers.catalog.descriptions),
    ("pruners", Pruners.catalog.descriptions), ("importances", ParameterImportances.catalog.descriptions),
    ("activations", Activation.allCases.map { .init(name: $0.rawValue, help: "", parameters: []) }),
    ("plots", ResultView.all.map { .init(name: $0.name, help: help(of: $0), parameters: []) }),
    ("cell-options", CellOptions.names.map { .init(name: $0, help: "", parameters: []) }),
    ("front-matter", FrontMatter.names.map { .init(name: $0, help: "", parameters: []) }),
    ("formats", FrontMatter.Format.allCases.map { .init(name: $0.rawValue, help: "", parameters: []) }),
    ("templates", templates),
    (
      "marks", MarkKind.catalog.map { .init(name: $0.name, help: capitalized($0.help) + ".", parameters: []) }
    ),
  ]

  /// The templates of the project around the working folder and of the program.
  private static var templates: [ComponentDescription] {
    let root = URL(fileURLWithPath: Project(of: FileManager.default.currentDirectoryPath).root)
    return PageTemplate.names(projectRoot: root).map { name in
      .init(name: name, help: templateHelp[name] ?? "A template of this project.", parameters: [])
    }
  }

  private static let templateHelp = [
    "lecture": "A handout: contents in the margin, numbered sections, exercises.",
    "report": "A title block with an abstract, contents, and a table of what the page was made from.",
    "slides": "Slides that a browser shows: keys, steps, notes, a page a slide in print.",
    "paper": "Two columns on paper and on wide screens.",
    "site": "The index of a folder: cards and a search.",
  ]

  /// What a view shows, what a recipe must have for it, or that cells draw it.
  private static func help(of view: ResultView) -> String {
    if !view.isOfResults { return view.help + " Drawn by cells from their own numbers." }
    let needs = view.needs.map(\.words).joined(separator: " and ")
    let table = view.isTable ? " A table." : view.example == nil ? " In words." : ""
    return view.help + table + (needs.isEmpty ? "" : " Needs \(needs).")
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  func validate() throws {
    let names = Self.catalogs.map(\.name)
    guard let what, !names.contains(what) else { return }
    let hint = Suggestion.hint(for: what, among: names).map { " (\($0))" } ?? ""
    throw ValidationError("there is no catalog \"\(what)\"\(hint)")
  }

  func run() throws {
    guard let what else {
      let names = Self.catalogs.map(\.name)
      print(json ? RecordedValue.list(names.map { .text($0) }).json : names.joined(separator: "\n"))
      return
    }
    let members = Self.catalogs.first { $0.name == what }?.members ?? []
    if json {
      print(RecordedValue.list(members.map(\.recorded)).json)
    } else {
      for member in members { Self.show(member) }
    }
  }

  private static func show(_ member: ComponentDescription) {
    print(member.help.isEmpty ? member.name : "\(member.name): \(member.help)")
    for parameter in member.parameters {
      let presets = parameter.presetTexts.sorted { $0.key < $1.key }.map { ", \($0.value) for \($0.key)" }
      let value = parameter.defaultText.map { ", \($0) unless given" } ?? ", required"
      print("  \(parameter.name): \(parameter.typeDescription)\(value)\(presets.joined()). \(parameter.help)")
    }
  }
}

extension ComponentDescription {
  /// What the JSON of a list holds.
  fileprivate var recorded: RecordedValue {
    .object([
      "name": .text(name), "help": .text(help),
      "parameters": .list(
        parameters.map { parameter in
          var fields: [String: RecordedValue] = [
            "name": .text(parameter.name), "type": .text(parameter.valueDescription),
            "help": .text(parameter.help), "required": .boolean(parameter.defaultText == nil),
          ]
          if let value = parameter.defaultText { fields["default"] = .text(value) }
          if let range = parameter.requirementDescription { fields["range"] = .text(range) }
          if !parameter.choices.isEmpty { fields["choices"] = .list(parameter.choices.map { .text($0) }) }
          if !parameter.presetTexts.isEmpty {
            fields["presets"] = .object(parameter.presetTexts.mapValues { .text($0) })
          }
          return .object(fields)
        }),
    ])
  }
}

import ArgumentParser
import Components
import Execution
import Experiments
import Foundation

/// `lectern explain`: what a recipe means, with every default, or as a Swift program.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain what the experiments of a document compute.",
    discussion: """
      Prints the settings in force, given and default, or with --swift a program for a Swift cell of the same \
      document that computes the same values, bit for bit. Nothing is computed.
      """)

  @Argument(help: "The document.")
  var document: String

  @Argument(help: "The label of an experiment; all of them unless given.")
  var label: String?

  @Flag(help: "Print the experiment as Swift.")
  var swift = false

  @Option(
    name: .customShort("P"), help: ArgumentHelp("Sets a parameter of the document.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: "A profile of lectern.yml.")
  var profile: String?

  func validate() throws {
    for text in parameters where !text.contains("=") {
      throw ValidationError("-P takes name=value, not \"\(text)\"")
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: document, isDirectory: &isFolder), !isFolder.boolValue else {
      throw ValidationError(
        isFolder.boolValue
          ? "explain takes one document, not the folder \"\(document)\""
          : "the file \"\(document)\" does not exist")
    }
    try DocumentSettings(profile: profile).checkProfile(of: Project(of: document))
  }

  func run() throws {
    let settings = DocumentSettings(
      overrides: DocumentParameters.overrides(parameters), profile: profile)
    let plan = try DocumentPath(path: document, name: document).plan(settings)
    let known = plan.document.cells.filter { $0.kind == .experiment }.map(\.label)
    if let label, !known.contains(label) {
      let hint = Suggestion.hint(for: label, among: known).map { " (\($0))" } ?? ""
      throw ValidationError("\(document) has no experiment \"\(label)\"\(hint)")
    }
    let labels = label.map { [$0] } ?? known
    var hasFailed = false
    for (index, label) in labels.enumerated() {
      guard let experiment = plan.experiments[label] else {
        hasFailed = true
        continue
      }
      if index > 0 { print() }
      print(swift ? try Self.program(experiment) : Self.settings(experiment), terminator: "")
    }
    guard hasFailed else { return }
    for problem in plan.problems where problem.severity == .error { Terminal.write(problem) }
    throw ExitCode(1)
  }

  private static func program(_ experiment: Experiment) throws -> String {
    "// The experiment \"\(experiment.label)\"; outside of a document, begin with: import Lectern\n"
      + (try experiment.swiftText())
  }

  /// The settings in force, those of each variant below its title.
  private static func settings(_ experiment: Experiment) -> String {
    let parts =
      experiment.variants.isEmpty
      ? [(experiment.label, experiment)]
      : experiment.variants.map { ("\(experiment.label), variant \"\($0.title)\"", $0.experiment) }
    return parts.map { title, experiment in
      let width = experiment.settings.map(\.path.count).max() ?? 0
      let lines = experiment.settings.map { setting in
        let path = setting.path.padding(toLength: width, withPad: " ", startingAt: 0)
        return "  \(path)  \(setting.value)\(setting.isGiven ? "" : "  (default)")\n"
      }
      return "\(title):\n\(lines.joined())"
    }.joined(separator: "\n")
  }
}

import Components
import Datasets

/// An archive of NumPy arrays: `{npz: data.npz, inputs: x, target: y}`.
struct NPZSource: DataSource {
  private static let file = Parameter<String>("npz", help: "The archive, relative to the document.")
  private static let inputs = Parameter<String?>(
    "inputs", default: nil, help: "The array of inputs; x or X unless given.")
  private static let target = Parameter<String>("target", default: "y", help: "The array of targets.")

  static let component = Component<any DataSource>(
    "npz", help: "An archive of NumPy arrays.",
    parameters: [file, inputs, target, DataSources.task, DataSources.shape]
  ) { NPZSource(arguments: $0) }

  private let arguments: Arguments

  private init(arguments: Arguments) { self.arguments = arguments }

  func swiftText() throws -> String {
    let file = arguments[Self.file].debugDescription
    let archive = "NPZReader(path: \(file))"
    let names = [arguments[Self.inputs] ?? "x", arguments[Self.target]].map(\.debugDescription)
    return arguments.swiftText(
      arranging: "Dataset.arrays(inputs: \(archive).array(named: \(names[0])), "
        + "targets: \(archive).array(named: \(names[1])), names: (inputs: \(names[0]), targets: \(names[1])))"
    )
  }

  func data(in context: RecipeContext) throws -> ExperimentData {
    let name = arguments[Self.file]
    let archive = try arguments.located(at: "npz") {
      try NPZReader(path: context.path(name), name: name)
    }
    let usual = ["x", "X"].first { archive.names.contains($0) } ?? "x"
    let names = (inputs: arguments[Self.inputs] ?? usual, targets: arguments[Self.target])
    let inputs = try arguments.located(at: arguments.given["inputs"] == nil ? "npz" : "inputs") {
      try archive.array(named: names.inputs)
    }
    let data = try arguments.located(at: arguments.given["target"] == nil ? "npz" : "target") {
      try Dataset.arrays(
        inputs: inputs, targets: try archive.array(named: names.targets), names: names)
    }
    return .examples(try data.arranged(by: arguments), task: arguments[DataSources.task])
  }
}

import Components
import Datasets

/// Two files of NumPy arrays: `{npy: inputs.npy, target: targets.npy}`.
struct NPYSource: DataSource {
  private static let inputs = Parameter<String>(
    "npy", help: "The file of inputs, whose first axis counts the examples.")
  private static let target = Parameter<String>("target", help: "The file of targets.")

  static let component = Component<any DataSource>(
    "npy", help: "Two files of NumPy arrays.",
    parameters: [inputs, target, DataSources.task, DataSources.shape]
  ) { NPYSource(arguments: $0) }

  fileprivate let arguments: Arguments

  func swiftText() throws -> String {
    let names = [arguments[Self.inputs].debugDescription, arguments[Self.target].debugDescription]
    let arrays = names.map { "NPYReader().read(path: \($0))" }
    return arguments.swiftText(
      arranging: "Dataset.arrays(inputs: \(arrays[0]), targets: \(arrays[1]), "
        + "names: (inputs: \(names[0]), targets: \(names[1])))")
  }

  func data(in context: RecipeContext) throws -> ExperimentData {
    let names = (inputs: arguments[Self.inputs], targets: arguments[Self.target])
    let inputs = try arguments.located(at: "npy") {
      try NPYReader().read(path: context.path(names.inputs), name: names.inputs)
    }
    let data = try arguments.located(at: "target") {
      let targets = try NPYReader().read(path: context.path(names.targets), name: names.targets)
      return try Dataset.arrays(inputs: inputs, targets: targets, names: names)
    }
    return .examples(try data.arranged(by: arguments), task: arguments[DataSources.task])
  }
}

import Components
import Datasets
import Tensors

/// Images and labels in the format of the MNIST digits: `{idx: {images: train-images, labels: train-labels}}`.
struct IDXSource: DataSource {
  private static let files = Parameter<RecipeNode>("idx", help: "The files, {images: …, labels: …}.")
  private static let images = Parameter<String>("images", help: "The file of images.")
  private static let labels = Parameter<String>("labels", help: "The file of labels.")
  private static let filesComponent = Component<Arguments>(
    "idx", help: "The files.", parameters: [images, labels]
  ) { $0 }

  static let component = Component<any DataSource>(
    "idx", help: "Images and labels in the format of the MNIST digits; values stay as in the file, 0 to 255.",
    parameters: [files]
  ) { IDXSource(arguments: try filesComponent.decode(map: $0[files])) }

  private let arguments: Arguments

  private init(arguments: Arguments) { self.arguments = arguments }

  func swiftText() throws -> String {
    let names = [arguments[Self.images].debugDescription, arguments[Self.labels].debugDescription]
    let files = names.map { "IDXReader().read(path: \($0))" }
    return ".examples(try IDXReader.dataset(images: \(files[0]), labels: \(files[1]), "
      + "names: (images: \(names[0]), labels: \(names[1]))), task: .classification)"
  }

  func data(in context: RecipeContext) throws -> ExperimentData {
    let names = (images: arguments[Self.images], labels: arguments[Self.labels])
    let images = try read(names.images, "images", context)
    let labels = try read(names.labels, "labels", context)
    let data = try arguments.located(at: "labels") {
      try IDXReader.dataset(images: images, labels: labels, names: names)
    }
    return .examples(data, task: .classification)
  }

  private func read(_ name: String, _ argument: String, _ context: RecipeContext) throws -> Tensor<Double> {
    try arguments.located(at: argument) {
      do {
        return try IDXReader().read(path: context.path(name), name: name)
      } catch let error as DataFileError {
        guard case .notFound(_, near: nil) = error else { throw error }
        throw Problem(
          at: arguments.place(of: argument), message: error.sentence,
          hint:
            "nothing is downloaded; the digits are train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz "
            + "and the same with t10k, from https://ossci-datasets.s3.amazonaws.com/mnist/")
      }
    }
  }
}

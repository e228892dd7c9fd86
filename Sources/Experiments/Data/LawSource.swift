import Components
import Datasets
import Tensors

/// Points of a known law with noise: `{law: "x^0.7*(1-x)^3", points: {range: [0.1, 0.9]}, noise: {relative: 0.05}}`.
struct LawSource: DataSource {
  private static let law = Parameter<String>("law", help: "A function of x or more, as in x^0.7*(1-x)^3.")
  private static let points = Parameter<RecipeNode>(
    "points", help: "Where it is sampled, {range: …, count: …}, or {x: {range: …}, y: {range: …}} for a grid."
  )
  private static let noise = Parameter<RecipeNode?>(
    "noise", default: nil, help: "How large the noise is, {relative: …, absolute: …, normalization: …}.")
  private static let covariance = Parameter<RecipeNode?>(
    "covariance", default: nil, help: "The covariance of the noise in place of its size, {npy: file}.")

  static let component = Component<any DataSource>(
    "law", help: "Points of a known law with noise.", parameters: [law, points, noise, covariance]
  ) { try LawSource($0) }

  private static let matrix = Parameter<String>("npy", help: "The file, relative to the document.")
  private static let covarianceComponent = Component<Arguments>(
    "covariance", help: "The covariance of the noise.", parameters: [matrix]
  ) { $0 }

  /// The most points whose covariance is factored: their cube is the time it takes.
  private static let mostCorrelated = 2000

  private let arguments: Arguments
  private let parsed: Law
  private let inputs: Tensor<Double>
  private let size: LawData.Noise?
  private let file: Arguments?

  private init(_ arguments: Arguments) throws {
    self.arguments = arguments
    let axes = try LawPoints.axes(arguments[Self.points])
    parsed = try arguments.located(at: "law") {
      try Law(arguments[Self.law], variables: axes.map(\.variable))
    }
    inputs = LawData.grid(axes.map(\.values))
    size = try arguments[Self.noise].map { try LawPoints.noise.decode(map: $0) }
    file = try arguments[Self.covariance].map { try Self.covarianceComponent.decode(map: $0) }
    if size != nil, file != nil {
      throw Problem(
        RecipeError.conflict("covariance", "noise", reason: "both say how large the noise is"),
        at: arguments.place(of: "covariance"))
    }
    if size == nil, file == nil {
      throw Problem(RecipeError.missingKey(in: "law", name: "noise"), at: arguments.position)
    }
    try checkValues()
  }

  /// Checks that the law has a value at every point.
  private func checkValues() throws {
    guard let point = (0..<inputs.rows).first(where: { !parsed(inputs.row($0)).isFinite }) else { return }
    let place = zip(parsed.variables, inputs.row(point)).map { "\($0) = \($1.recipeText)" }
    throw Problem(
      DatasetError.badLaw(text: parsed.text, reason: "is not finite at \(place.joined(separator: ", "))"),
      at: arguments.place(of: "law"))
  }

  func swiftText() throws -> String {
    let variables = parsed.variables == ["x"] ? "" : ", variables: \(parsed.variables)"
    let law = "Law(\(parsed.text.debugDescription)\(variables))"
    let grid = try LawPoints.swiftText(arguments[Self.points])
    if let file {
      let name = file[Self.matrix].debugDescription
      return ".law(try LawData(law: \(law), inputs: \(grid), "
        + "covariance: NPYReader().read(path: \(name)).tensor))"
    }
    let noise = try arguments[Self.noise].map { try LawPoints.noise.swiftText(ofMap: $0) { _, _, _ in nil } }
    return ".law(try LawData(law: \(law), inputs: \(grid), noise: \(noise ?? "LawData.Noise()")))"
  }

  func data(in context: RecipeContext) throws -> ExperimentData {
    if let file {
      let name = file[Self.matrix]
      let data = try file.located(at: "npy") {
        let matrix = try NPYReader().read(path: context.path(name), name: name).tensor
        return try LawData(law: parsed, inputs: inputs, covariance: matrix)
      }
      return .law(data)
    }
    let noise = size ?? LawData.Noise()
    guard noise.normalization == 0 || inputs.rows <= Self.mostCorrelated else {
      throw Problem(
        RecipeError.outOfRange(
          name: "points", requirement: "at most \(Self.mostCorrelated) with a normalization",
          found: "\(inputs.rows)"),
        at: arguments.place(of: "points"))
    }
    let data = try arguments.located(at: "noise") { try uncorrelated(noise) }
    guard data.errors.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw noNoise }
    return .law(data)
  }

  /// The data; noise that nothing but a common error makes is too little at every point.
  private func uncorrelated(_ noise: LawData.Noise) throws -> LawData {
    let own = try LawData(
      law: parsed, inputs: inputs, noise: .init(relative: noise.relative, absolute: noise.absolute))
    guard own.errors.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw noNoise }
    return noise.normalization > 0 ? try LawData(law: parsed, inputs: inputs, noise: noise) : own
  }

  private var noNoise: Problem {
    Problem(
      RecipeError.outOfRange(
        name: "noise", requirement: "above 0 at every point",
        found: arguments[Self.noise]?.recipeText ?? "none"),
      at: arguments.place(of: "noise"))
  }
}

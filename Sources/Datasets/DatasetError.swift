import Components
import Tensors

/// What can be wrong with data, as facts.
public enum DatasetError: Error, Equatable, Sendable {
  case unknownColumn(name: String, known: [String])
  case columnTwice(name: String, first: String, second: String)
  case textColumn(name: String, role: String)
  case wrongShape(shape: [Int], count: Int)
  case shapeOfText(column: String)
  case seriesTooShort(name: String, count: Int, needed: Int)
  case seriesGap(name: String)
  case timeNotRising(column: String)
  case noFeatures
  case categoriesWithoutEncoding(column: String)
  case tooFewExamples(part: String, count: Int)
  case badLaw(text: String, reason: String)
  case noPainter
  case unknownInLaw(text: String, what: String, name: String, column: Int, known: [String])
  case badVariable(name: String)
  case badCovariance(reason: String)
  case noNormalization
  case missingValues(column: String, others: Int)
  case scaledClasses(preparation: String)
  case errorsOfScaledTargets(preparation: String)
  case resampledValues(preparation: String)
  case tooManyProducts(features: Int, degree: Int, most: Int)
  case tooManyComponents(components: Int, features: Int)
  case notImages(shape: [Int])
  case mixedErrors
  case partsWithoutNames(column: String)
  case unknownPart(column: String, name: String)
  case otherColumns(expected: [String], found: [String])
  case otherTargets
  case partsOfDrawnData
}

extension DatasetError: Explained {
  public var sentence: String {
    switch self {
    case .unknownColumn(let name, _): "the data have no column \"\(name)\""
    case .columnTwice(let name, let first, let second):
      first == second
        ? "the column \"\(name)\" is named twice as \(first)"
        : "the column \"\(name)\" cannot be both \(first) and \(second)"
    case .textColumn(let name, let role): "the \(role) \"\(name)\" must hold numbers, not text"
    case .wrongShape(let shape, let count):
      "the shape \(Shape(shape)) needs \(Shape(shape).count) numbers an example, but there are \(count)"
    case .shapeOfText(let column): "the shape needs numbers, but the column \"\(column)\" holds text"
    case .seriesTooShort(let name, let count, let needed):
      "the series \"\(name)\" has \(count) values, but a window with its horizon takes \(needed)"
    case .seriesGap(let name): "the series \"\(name)\" has no value in this row"
    case .timeNotRising(let column): "the time \"\(column)\" does not rise in this row"
    case .noFeatures: "the data have no column left to learn from"
    case .categoriesWithoutEncoding(let column):
      "the column \"\(column)\" holds text, and networks take numbers"
    case .tooFewExamples(let part, let count):
      "the \(part) part would have \(count) \(count == 1 ? "example" : "examples")"
    case .noPainter: "pictures of characters need somebody who draws them"
    case .badLaw(let text, let reason): "the law \"\(text)\" \(reason)"
    case .unknownInLaw(let text, let what, let name, let column, _):
      "the law \"\(text)\" names the unknown \(what) \"\(name)\" at its column \(column)"
    case .badVariable(let name): "\"\(name)\" cannot be the name of a variable"
    case .badCovariance(let reason): "the covariance \(reason)"
    case .noNormalization: "the noise has no normalization error that fits could know less of"
    case .missingValues(let column, let others):
      others == 0
        ? "the column \"\(column)\" lacks values"
        : "the column \"\(column)\" and \(others) \(others == 1 ? "other" : "others") lack values"
    case .scaledClasses(let preparation): "\(preparation) cannot scale targets that are classes"
    case .errorsOfScaledTargets(let preparation):
      "\(preparation) cannot scale several targets that share one error"
    case .resampledValues(let preparation):
      "\(preparation) balances classes, but the targets are numbers"
    case .tooManyProducts(let features, let degree, let most):
      "products of \(features) features up to degree \(degree) are more than \(most) columns"
    case .tooManyComponents(let components, let features):
      "pca has \(components) components, but there are only \(features) features"
    case .notImages(let shape):
      "images are height × width × channels, but the features have the shape \(Shape(shape))"
    case .partsWithoutNames(let column): "the column \"\(column)\" holds numbers, not the names of parts"
    case .unknownPart(let column, let name): "the column \"\(column)\" names the unknown part \"\(name)\""
    case .otherColumns(let expected, let found):
      "the test data have the columns \(Self.list(found)), not \(Self.list(expected))"
    case .partsOfDrawnData: "data that are drawn have no parts of their own"
    case .otherTargets: "the test data have other targets than the rest"
    case .mixedErrors: "mixup cannot mix targets that have errors"
    }
  }

  public var hint: String? {
    switch self {
    case .badVariable: "names are letters and digits, but not those of functions, e or pi"
    case .unknownInLaw(_, _, let name, _, let known), .unknownColumn(let name, let known):
      Suggestion.hint(for: name, among: known)
    case .categoriesWithoutEncoding(let column): "prepare: [one-hot], or drop: [\(column)]"
    case .missingValues(let column, _): "prepare: [impute], or drop: [\(column)]"
    case .notImages: "give the data a shape, as in shape: [8, 8, 1]"
    case .tooManyProducts: "lower the degree, or multiply different features only: interactions: true"
    case .partsWithoutNames: "parts are called train, validation and test"
    case .unknownPart(_, let name):
      Suggestion.hint(for: name, among: Dataset.Part.allCases.map(\.rawValue))
        ?? "parts are called train, validation and test"
    case .scaledClasses: "leave out targets: true"
    default: nil
    }
  }

  /// At most eight names.
  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}

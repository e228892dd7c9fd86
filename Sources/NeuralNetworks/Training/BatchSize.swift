import Components

/// How many samples a step takes.
public enum BatchSize: Sendable, Hashable, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
  /// 32, or all where there are fewer.
  case automatic
  /// All of them.
  case full
  /// A number, at most as many as there are.
  case samples(Int)

  public init(integerLiteral value: Int) { self = .samples(value) }
  public init(nilLiteral: ()) { self = .full }
  /// A number of samples, or all of them.
  public init(_ count: Int?) { self = count.map { .samples($0) } ?? .full }

  /// The samples of a batch of so many.
  func count(of all: Int) -> Int {
    switch self {
    case .automatic: min(32, all)
    case .full: all
    case .samples(let count): count
    }
  }
}

extension BatchSize: RecipeValue {
  public static var typeDescription: String { "a whole number or full" }

  /// Reads a number, or `full`.
  public init?(recipe node: RecipeNode) {
    if let count = Int(recipe: node) {
      self = .samples(count)
    } else if String(recipe: node) == "full" {
      self = .full
    } else {
      return nil
    }
  }

  public static func swiftText(ofNumber number: String, integer: String) -> String? { ".samples(\(integer))" }

  public var swiftText: String? {
    switch self {
    case .automatic: ".automatic"
    case .full: ".full"
    case .samples(let count): ".samples(\(count))"
    }
  }

  public var recipeText: String {
    switch self {
    case .automatic: "32"
    case .full: "full"
    case .samples(let count): "\(count)"
    }
  }
}

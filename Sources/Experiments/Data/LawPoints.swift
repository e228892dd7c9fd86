import Components
import Datasets

/// Where a law is sampled, and how large its noise is.
enum LawPoints {
  /// The values of a variable.
  struct Axis {
    var variable: String
    var values: [Double]
  }

  /// The most points of a grid.
  private static let most = 1_000_000

  private static let range = Parameter<[Double]>(
    "range", "two rising numbers", help: "The first and the last point."
  ) {
    $0.count == 2 && $0[0] < $0[1] && $0[0].isFinite && $0[1].isFinite
  }
  private static let count = Parameter<Int>("count", default: 50, "at least 4", help: "The number of points.")
  {
    $0 >= 4 && $0 <= most
  }
  private static let gridCount = Parameter<Int>(
    "count", default: 10, "at least 2", help: "The number of values."
  ) { $0 >= 2 && $0 <= most }
  private static let spacing = Parameter<LawData.Spacing>(
    "spacing", default: .linear, help: "How points are spaced.")
  private static let relative = Parameter<Double>(
    "relative", default: 0, "at least 0", help: "As a fraction of the value."
  ) { $0 >= 0 }
  private static let absolute = Parameter<Double>(
    "absolute", default: 0, "at least 0", help: "Added in squares."
  ) {
    $0 >= 0
  }
  private static let normalization = Parameter<Double>(
    "normalization", default: 0, "at least 0",
    help: "A fraction of the value by which all points move together."
  ) { $0 >= 0 }

  /// The size of noise.
  static let noise = Component<LawData.Noise>(
    "noise", help: "How large the noise is.", swift: "LawData.Noise(relative, absolute, normalization)",
    parameters: [relative, absolute, normalization]
  ) {
    LawData.Noise(relative: $0[relative], absolute: $0[absolute], normalization: $0[normalization])
  }

  /// The variables with their values: one called `x`, or those that have a map each.
  static func axes(_ node: RecipeNode) throws -> [Axis] {
    let areMaps = node.entries.allSatisfy { if case .map = $0.value.kind { true } else { false } }
    guard !node.entries.isEmpty, areMaps else {
      return [Axis(variable: "x", values: try component("points", count).decode(map: node))]
    }
    let isGrid = node.entries.count > 1
    var total = 1
    return try node.entries.map { entry in
      let values = try component("points.\(entry.key)", isGrid ? gridCount : count).decode(map: entry.value)
      total *= values.count
      guard total <= most else {
        throw Problem(
          RecipeError.outOfRange(name: "points", requirement: "at most \(most) points", found: "\(total)"),
          at: node.position)
      }
      return Axis(variable: entry.key, values: values)
    }
  }

  /// The points as a Swift expression: points × variables.
  static func swiftText(_ node: RecipeNode) throws -> String {
    let areMaps = node.entries.allSatisfy { if case .map = $0.value.kind { true } else { false } }
    let maps = node.entries.isEmpty || !areMaps ? [node] : node.entries.map(\.value)
    let isGrid = maps.count > 1
    let axes = try maps.map { map in
      try Component<Arguments>("points", help: "", parameters: [range, isGrid ? gridCount : count, spacing]) {
        $0
      }.decode(map: map)
    }
    let texts = axes.map { axis in
      let ends = axis[range].compactMap(\.swiftText).joined(separator: "...")
      return "LawData.points(\(ends), count: \(axis[isGrid ? gridCount : count]), spacing: .\(axis[spacing]))"
    }
    return "LawData.grid([\(texts.joined(separator: ", "))])"
  }

  private static func component(_ name: String, _ count: Parameter<Int>) -> Component<[Double]> {
    Component(name, help: "Where the law is sampled.", parameters: [range, count, spacing]) { arguments in
      let ends = arguments[range]
      if arguments[spacing] == .log, ends[0] <= 0 {
        throw Problem(
          RecipeError.badInterval(
            path: "data.\(name).range", reason: "has no logarithm at \(ends[0].recipeText)"),
          at: arguments.place(of: "range"))
      }
      return LawData.points(ends[0]...ends[1], count: arguments[count], spacing: arguments[spacing])
    }
  }
}

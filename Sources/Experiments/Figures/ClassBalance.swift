import Plotting

extension Plot {
  /// How many examples each class has, the parts of the data on top of each other.
  ///
  /// Classes are numbers into their names; examples of other numbers are left out. Many classes, or long names, lie on
  /// their side.
  public static func classBalance(_ parts: [(name: String, classes: [Int])], classes names: [String]) -> Plot
  {
    let categories = distinctNames(names, count: names.count, letter: "class")
    let counts = parts.map { part -> [Double] in
      var counts = [Double](repeating: 0, count: names.count)
      for number in part.classes where names.indices.contains(number) { counts[number] += 1 }
      return counts
    }
    let isFlat = names.count > 8 || names.reduce(0, { $0 + $1.count }) > 70
    let axes = (Axis.categories("class"), Axis.linear("examples"))
    let size =
      isFlat
      ? FigureSize(width: 6.4, height: min(max(0.26 * Double(names.count) + 1, 2.6), 8))
      : FigureSize(width: 5.6, height: 3.6)
    return Plot(x: isFlat ? axes.1 : axes.0, y: isFlat ? axes.0 : axes.1, legend: .above, size: size) {
      stacked(parts.map(\.name), counts, categories, isFlat ? .horizontal : .vertical)
    }
  }

  /// The bars of each part, beginning where those of the part before end.
  private static func stacked(
    _ names: [String], _ counts: [[Double]], _ categories: [String], _ orientation: BarMark.Orientation
  ) -> [any Mark] {
    var bases = [Double](repeating: 0, count: categories.count)
    return zip(names, counts).enumerated().map { index, part in
      let mark = BarMark(
        categories: categories, heights: part.1, series: names.count > 1 ? part.0 : nil, bases: bases,
        stack: "parts", orientation: orientation, color: .series(index))
      bases = zip(bases, part.1).map { $0 + $1 }
      return mark
    }
  }
}

extension ResultView {
  /// How many examples of each class every part of the data has.
  static let classBalance = ResultView(
    name: "class-balance", help: "How many examples each class has, by part of the data.", needs: [.classes],
    example: {
      let parts = [("train", [90, 52, 31, 12]), ("validation", [22, 13, 8, 3]), ("test", [28, 16, 10, 4])]
      return .plot(
        .classBalance(
          parts.map { part in
            (part.0, part.1.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) })
          }, classes: ["cat", "dog", "horse", "owl"]))
    }
  ) { result in
    let data = result.experiment.data
    guard let classes = data.classes, let names = data.classNames else { return nil }
    let (rest, test) = result.experiment.parts()
    let training = result.fitted?.training ?? rest
    let parts = [("train", training), ("validation", result.fitted?.validation ?? []), ("test", test)]
      .filter { !$0.1.isEmpty }
    let plot = Plot.classBalance(
      parts.map { part in (part.0, part.1.filter(classes.indices.contains).map { classes[$0] }) },
      classes: names)
    return .figure(.plot(plot), caption: "How many examples of each class every part of the data has.")
  }
}

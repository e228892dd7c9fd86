import Foundation
import Plotting

/// Figures like those of reports, made from formulas.
enum Gallery {
  static let figures: [(name: String, figure: Figure)] = [
    ("losses", losses), ("folds", folds), ("search", search), ("closure", closure), ("slices", slices),
    ("grouped", grouped), ("crowded", crowded), ("categories", categories), ("panels", panels),
    ("many-bars", manyBars), ("empty", empty),
    ("replicas", replicas), ("steps-areas", stepsAndAreas), ("distributions", distributions),
    ("boxes", boxes), ("heat-map", heatMap), ("correlations", correlations), ("contours", contours),
    ("points", points), ("stacked", stacked), ("images", images), ("graph", graph), ("field", field),
    ("secondary", secondary), ("inset", inset), ("facets", facets), ("scales", scales), ("notes", notes),
    ("surface", surface), ("cloud", cloud(100_000)), ("letters", letters),
  ]

  /// A number between 0 and 1 that looks random.
  private static func noise(_ index: Int, _ stream: Int = 0) -> Double {
    let value = sin(Double(index) * 12.9898 + Double(stream) * 78.233) * 43758.5453
    return value - value.rounded(.down)
  }

  static var losses: Figure {
    let epochs = (1...120).map(Double.init)
    let training = epochs.map { 0.9 * exp(-$0 / 18) + 0.02 + 0.004 * noise(Int($0)) }
    let validation = epochs.map {
      0.9 * exp(-$0 / 17) + 0.05 + 0.0004 * max(0, $0 - 70) + 0.012 * noise(Int($0), 1)
    }
    return .plot(
      Plot(title: "Loss", x: .linear("epoch"), y: .log("cross-entropy")) {
        RuleMark(x: 74, label: "restored epoch")
        LineMark(x: epochs, y: training, series: "training")
        LineMark(x: epochs, y: validation, series: "validation")
      })
  }

  static var folds: Figure {
    .plot(
      Plot(title: "Validation accuracy by fold", x: .categories("fold"), y: .linear("accuracy")) {
        BarMark(
          categories: (1...5).map { "fold \($0)" }, heights: [0.91, 0.88, 0.934, 0.905, 0.897],
          errors: [0.02, 0.025, 0.018, 0.02, 0.021])
        RuleMark(y: 0.905, label: "mean 0.905")
      })
  }

  static var search: Figure {
    let trials = (0..<80).map(Double.init)
    let values = trials.map { 0.08 + 0.5 * exp(-$0 / 25) * noise(Int($0), 2) + 0.12 * noise(Int($0), 3) }
    var best: [Double] = []
    for value in values { best.append(min(value, best.last ?? value)) }
    return .plot(
      Plot(title: "Search history", x: .linear("trial"), y: .linear("validation loss")) {
        PointMark(x: trials, y: values, series: "trials")
        StepMark(x: trials, y: best, series: "best so far")
      })
  }

  static var closure: Figure {
    let xs = (0...100).map { Double($0) / 100 }
    func law(_ x: Double) -> Double { pow(x, 0.3) * pow(1 - x, 2) * 3 }
    let points = (0..<18).map { 0.03 + Double($0) * 0.055 }
    return .plot(
      Plot(title: "Closure test, \\chi^2/N = 1.04", x: .linear("x_1"), y: .linear("f(x_1)")) {
        BandMark(
          x: xs, lower: xs.map { law($0) - 0.05 - 0.1 * $0 }, upper: xs.map { law($0) + 0.05 + 0.1 * $0 },
          series: "replicas, \\xi_{1\\sigma} = 0.68")
        LineMark(
          x: xs, y: xs.map { law($0) + 0.03 * sin(9 * $0) }, series: "replicas, \\xi_{1\\sigma} = 0.68")
        LineMark(x: xs, y: xs.map(law), series: "law", stroke: .dashed, color: .text)
        ErrorBarMark(
          x: points, y: points.map { law($0) + 0.12 * (noise(Int($0 * 1000), 5) - 0.5) },
          error: points.map { _ in 0.06 }, series: "data")
      })
  }

  static var slices: Figure {
    let rates = (0..<40).map { pow(10, -4 + 3 * noise($0, 7)) }
    let losses = rates.enumerated().map { 0.1 + pow(log10($1) + 2.3, 2) * 0.08 + 0.05 * noise($0, 8) }
    let widths = (0..<40).map { Double(8 + Int(248 * noise($0, 9))) }
    return .grid(
      PlotGrid(
        title: "Parameter slices", columns: 2,
        plots: [
          Plot(x: .log("learning rate"), y: .linear("loss")) { PointMark(x: rates, y: losses) },
          Plot(x: .linear("hidden units"), y: .linear("loss")) { PointMark(x: widths, y: losses) },
        ]))
  }

  static var grouped: Figure {
    .plot(
      Plot(x: .categories("model"), y: .linear("score (%)")) {
        for (index, name) in ["training", "validation", "test"].enumerated() {
          BarMark(
            categories: ["linear", "tree", "forest", "network"],
            heights: [71, 78, 88, 92].map { $0 - 3 * Double(index) }, series: name)
        }
      })
  }

  static var crowded: Figure {
    let xs = (0...300).map { Double($0) / 10 }
    return .plot(
      Plot(title: "Waves", x: .linear("time (s)"), y: .linear("displacement (m)")) {
        for index in 0..<8 {
          LineMark(x: xs, y: xs.map { sin($0 + Double(index) * 0.7) * 1e-7 }, series: "mode \(index + 1)")
        }
      })
  }

  static var categories: Figure {
    .plot(
      Plot(title: "Importance", x: .categories("hyperparameter"), y: .linear("share")) {
        BarMark(
          categories: [
            "learning_rate", "batch size", "hidden units of the first layer",
            "hidden units of the second layer",
            "dropout", "weight decay", "optimizer", "activation",
          ], heights: [0.41, 0.22, 0.12, 0.08, 0.07, 0.05, 0.03, 0.02])
      })
  }

  static var panels: Figure {
    let xs = (0..<30).map(Double.init)
    let plots = (0..<6).map { index in
      Plot(title: "fold \(index + 1)", x: .linear("epoch"), y: .log("loss")) {
        LineMark(x: xs, y: xs.map { exp(-$0 / Double(4 + index)) + 0.01 }, series: "training")
        LineMark(x: xs, y: xs.map { exp(-$0 / Double(4 + index)) + 0.05 }, series: "validation")
        RuleMark(x: Double(12 + index))
      }
    }
    return .grid(PlotGrid(title: "Cross-validation", columns: 3, plots: plots))
  }

  static var manyBars: Figure {
    .plot(
      Plot(title: "Change of the parameters", x: .categories("parameter"), y: .linear("change (10^3)")) {
        BarMark(categories: (0..<40).map { "w_{\($0)}" }, heights: (0..<40).map { 4000 * (noise($0) - 0.5) })
        RuleMark(y: 0)
      })
  }

  static var empty: Figure { .plot(Plot(title: "Nothing yet", x: .linear("epoch"), y: .log("loss")) {}) }

  static var replicas: Figure {
    let xs = (0...60).map { pow(10, -4 + 4 * Double($0) / 60) }
    return .plot(
      Plot(title: "Replicas of a fit", x: .log("x"), y: .linear("x f(x)", limits: 0...1)) {
        for replica in 0..<25 {
          LineMark(
            x: xs,
            y: xs.map { pow($0, 0.2 + 0.1 * noise(replica)) * pow(1 - $0, 2 + noise(replica, 1)) * 1.6 },
            color: .muted, width: 0.6)
        }
        LineMark(x: xs, y: xs.map { pow($0, 0.25) * pow(1 - $0, 2.5) * 1.6 }, series: "central value")
        PointMark(x: [0.02], y: [0.5], series: "a single point", size: 7)
        RuleMark(x: 0.3, label: "maximum")
        RuleMark(y: 0.9, label: "bound")
      })
  }

  /// A cloud, dense in the middle and thin at its edge, with a smaller one beside it.
  static func cloud(_ count: Int) -> Figure {
    func bell(_ index: Int, _ stream: Int) -> Double {
      (0..<6).reduce(0) { $0 + noise(index, stream + $1) } - 3
    }
    return .plot(
      Plot(title: "Cloud", x: .linear("x"), y: .linear("y")) {
        PointMark(x: (0..<count).map { bell($0, 0) }, y: (0..<count).map { bell($0, 20) }, series: "cloud")
        PointMark(
          x: (0..<(count / 8)).map { 0.4 * bell($0, 40) + 1.5 },
          y: (0..<(count / 8)).map { 0.4 * bell($0, 60) + 1 }, series: "small cloud")
      })
  }

  /// Letters that the font lacks, joins or reads from the right.
  static var letters: Figure {
    .plot(
      Plot(title: "日本語 e\u{301}\u{200d} שלום (3.14) abc\tq", x: .categories("👩‍👩‍👧 \u{7}β"), y: .linear("y\ny")) {
        BarMark(categories: ["العربية", "👍🏽", "naïve", "Ω̃"], heights: [1, 2, 3, 4], series: "né\u{301}")
      })
  }

  static var stepsAndAreas: Figure {
    let xs = (0..<24).map(Double.init)
    return .grid(
      PlotGrid(
        columns: 2,
        plots: [
          Plot(x: .linear("month"), y: .linear("count")) {
            AreaMark.stacked(
              x: xs,
              [
                "first": xs.map { 3 + noise(Int($0)) }, "second": xs.map { 2 + noise(Int($0), 1) },
                "third": xs.map { 1 + noise(Int($0), 2) },
              ])
          },
          Plot(x: .linear("epoch"), y: .linear("rate")) {
            StepMark(x: xs, y: xs.map { pow(0.5, ($0 / 6).rounded(.down)) }, series: "steps")
            AreaMark(x: xs, y: xs.map { pow(0.88, $0) }, series: "exponential")
          },
        ]))
  }

  private static func normal(_ index: Int, _ stream: Int) -> Double {
    (0..<12).reduce(-6) { $0 + noise(index * 12 + $1, stream) }
  }

  static var distributions: Figure {
    let first = (0..<500).map { normal($0, 3) }
    let second = (0..<300).map { 1.5 + 0.6 * normal($0, 4) }
    return .grid(
      PlotGrid(
        columns: 2,
        plots: [
          Plot(x: .linear("pull"), y: .linear("density")) {
            HistogramMark(of: first, isDensity: true, series: "replicas")
            LineMark(over: -4...4, series: "normal") { exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }
          },
          Plot(x: .linear("score"), y: .linear("density")) {
            DensityMark(of: first, series: "signal")
            DensityMark(of: second, series: "background")
          },
        ]))
  }

  static var boxes: Figure {
    let names = ["logistic", "forest", "boosting", "network"]
    func values(_ index: Int) -> [Double] {
      (0..<60).map { 0.8 + 0.03 * Double(index) + 0.02 * normal($0, index) }
    }
    return .grid(
      PlotGrid(
        columns: 2,
        plots: [
          Plot(x: .categories("model"), y: .linear("accuracy")) {
            BoxMark(categories: names, values: names.indices.map(values))
          },
          Plot(x: .categories("model"), y: .linear("accuracy")) {
            ViolinMark(categories: names, values: names.indices.map(values))
          },
        ]))
  }

  static var heatMap: Figure {
    .plot(
      Plot(
        title: "Confusion matrix", x: .categories("predicted"), y: .categories("true"),
        color: ColorAxis("count", ramp: .blues)
      ) {
        let names = (0..<10).map { "\($0)" }
        HeatMapMark(
          values: names.indices.map { row in
            names.indices.map { $0 == row ? 160 + Double(row) : (9 * noise(row * 10 + $0)).rounded(.down) }
          }, columns: names, rows: names, decimals: 0)
      })
  }

  static var correlations: Figure {
    let names = ["radius", "texture", "perimeter", "area", "smoothness", "compactness"]
    return .plot(
      Plot(
        x: .categories(""), y: .categories(""), color: .diverging("correlation", limits: -1...1), aspect: 1,
        size: FigureSize(width: 6, height: 5)
      ) {
        HeatMapMark(
          values: names.indices.map { row in
            names.indices.map { row == $0 ? 1 : 2 * noise(min(row, $0) * 7 + max(row, $0), 8) - 1 }
          }, columns: names, rows: names, decimals: 2)
      })
  }

  static var contours: Figure {
    func surface(_ x: Double, _ y: Double) -> Double {
      exp(-x * x - y * y) - exp(-(x - 1) * (x - 1) - (y - 1) * (y - 1))
    }
    return .grid(
      PlotGrid(
        columns: 2,
        plots: [
          Plot(x: .linear("x_1"), y: .linear("x_2"), color: .diverging("f")) {
            FilledContourMark(x: -2...3, y: -2...3, surface)
          },
          Plot(x: .linear("x_1"), y: .linear("x_2"), color: ColorAxis("f")) {
            ContourMark(x: -2...3, y: -2...3, surface)
          },
        ], ratio: 1.1))
  }

  static var points: Figure {
    let xs = (0..<200).map { normal($0, 5) }
    let ys = (0..<200).map { normal($0, 6) }
    return .grid(
      PlotGrid(
        columns: 2,
        plots: [
          Plot(x: .linear("x"), y: .linear("y"), color: ColorAxis("distance")) {
            PointMark(
              x: xs, y: ys, colors: zip(xs, ys).map { ($0 * $0 + $1 * $1).squareRoot() },
              sizes: xs.map { $0 + 4 })
          },
          Plot(x: .linear("x"), y: .linear("y")) {
            for (index, symbol) in PointMark.Symbol.allCases.enumerated() {
              PointMark(
                x: Array(xs[index * 8..<index * 8 + 8]), y: Array(ys[index * 8..<index * 8 + 8]),
                series: symbol.rawValue, symbol: symbol)
            }
          },
        ]))
  }

  static var stacked: Figure {
    let names = ["train", "validation", "test"]
    return .grid(
      PlotGrid(
        columns: 2,
        plots: [
          Plot(x: .categories("part"), y: .linear("examples")) {
            BarMark.stacked(
              categories: names, ["class 0": [60, 20, 20], "class 1": [30, 12, 9], "class 2": [10, 4, 3]])
          },
          Plot(x: .linear("importance"), y: .categories("")) {
            BarMark(
              categories: ["learning rate", "units", "dropout", "batch size"],
              heights: [0.61, 0.22, 0.12, 0.05], errors: [0.04, 0.03, 0.02, 0.01], orientation: .horizontal)
          },
        ]))
  }

  static var images: Figure {
    let plots = (0..<8).map { index in
      Plot(title: "digit \(index)", x: .hidden(), y: .hidden(), aspect: 1) {
        ImageMark(
          gray: (0..<8).map { row in (0..<8).map { noise(row * 8 + $0, index) * Double(($0 - 3) * ($0 - 3)) }
          })
      }
    }
    return .grid(PlotGrid(columns: 4, plots: plots, ratio: 0.9))
  }

  static var graph: Figure {
    var nodes: [GraphMark.Node] = []
    var edges: [GraphMark.Edge] = []
    let layers = [3, 5, 5, 2]
    for (column, count) in layers.enumerated() {
      let first = nodes.count
      for row in 0..<count {
        let name = column == 0 ? "x_\(row + 1)" : column == 3 ? "y_\(row + 1)" : ""
        nodes.append(
          .init(x: Double(column), y: Double(count - 1) / 2 - Double(row), label: name, size: 22))
      }
      guard column > 0 else { continue }
      for from in (first - layers[column - 1])..<first {
        for to in first..<nodes.count {
          edges.append(.init(from: from, to: to, weight: normal(from * 31 + to, 9)))
        }
      }
    }
    return .plot(
      Plot(x: .hidden(limits: -0.3...3.3), y: .hidden(limits: -2.6...2.6)) {
        GraphMark(nodes: nodes, edges: edges)
      })
  }

  static var field: Figure {
    let places = (0..<8).flatMap { column in (0..<6).map { (Double(column), Double($0)) } }
    return .plot(
      Plot(x: .linear("x"), y: .linear("y"), aspect: 1) {
        ArrowMark(
          x: places.map(\.0), y: places.map(\.1), endX: places.map { $0.0 + 0.6 * sin($0.1) },
          endY: places.map { $0.1 + 0.6 * cos($0.0) }, series: "gradient")
        PolygonMark(x: [2, 5, 5, 2], y: [1, 1, 4, 4], series: "region", color: .series(2))
        SegmentMark(
          x: [0, 7], y: [5, 5], endX: [7, 0], endY: [0, 0], series: "diagonals", stroke: .dashed)
      })
  }

  static var secondary: Figure {
    let epochs = (1...60).map(Double.init)
    return .plot(
      Plot(title: "Loss and rate", x: .linear("epoch"), y: .log("loss")) {
        LineMark(x: epochs, y: epochs.map { exp(-$0 / 15) + 0.03 }, series: "loss")
      }.secondary(.linear("learning rate")) {
        StepMark(
          x: epochs, y: epochs.map { pow(0.5, ($0 / 15).rounded(.down)) / 100 }, series: "learning rate")
      })
  }

  static var inset: Figure {
    let xs = (0...100).map { Double($0) / 10 }
    let whole = Plot(x: .linear("x"), y: .linear("f(x)")) {
      LineMark(x: xs, y: xs.map { exp(-$0) * sin(4 * $0) })
    }
    let part = Plot(x: .linear("", limits: 6...10), y: .linear("", limits: -0.002...0.002)) {
      LineMark(x: xs, y: xs.map { exp(-$0) * sin(4 * $0) })
    }
    return .plot(whole.inset(part, x: 0.45, y: 0.45, width: 0.5, height: 0.5))
  }

  static var facets: Figure {
    let xs = (0..<30).map(Double.init)
    return .grid(
      .crossed(rows: ["small", "large"], columns: ["sgd", "adam", "l-bfgs"]) { row, column in
        Plot(x: .linear("epoch"), y: .log("loss")) {
          LineMark(x: xs, y: xs.map { exp(-$0 / Double(column.count * 3 + row.count)) }, series: "training")
          LineMark(x: xs, y: xs.map { 0.05 + exp(-$0 / Double(column.count * 3)) }, series: "validation")
        }
      })
  }

  static var scales: Figure {
    let xs = (0...40).map { Double($0) - 20 }
    let start = CalendarDate(year: 2019, month: 3).secondsSince1970
    return .grid(
      PlotGrid(
        columns: 2,
        plots: [
          Plot(x: .linear("x"), y: .symlog("sinh x", threshold: 1)) {
            LineMark(x: xs, y: xs.map { sinh($0 / 2) })
          },
          Plot(x: .power("n"), y: .linear("y")) { PointMark(x: xs.map { $0 * $0 }, y: xs) },
          Plot(x: .time("date"), y: .linear("spots")) {
            LineMark(
              x: (0..<50).map { start + Double($0) * 86400 * 30 }, y: (0..<50).map { 50 + 40 * noise($0) })
          },
          Plot(x: .linear("reversed").reversed(), y: .linear("y").withoutGrid()) { LineMark(x: xs, y: xs) },
        ]))
  }

  static var notes: Figure {
    let xs = (0..<14).map { noise($0, 11) }
    let ys = (0..<14).map { noise($0, 12) }
    return .plot(
      Plot(
        title: "Names that avoid each other", x: .linear("first component"), y: .linear("second component")
      ) {
        PointMark(x: xs, y: ys)
        TextMark(x: xs, y: ys, texts: xs.indices.map { "feature_\($0) \\alpha^2" })
      })
  }

  static var surface: Figure {
    var path = [(-1.2, 1.6)]
    for _ in 0..<40 {
      let (x, y) = path[path.count - 1]
      path.append((x - 0.08 * (2 * x + y * 0.6), y - 0.08 * (4 * y + x * 0.6)))
    }
    return .plot(
      Plot(x: .linear("w_1"), y: .linear("w_2"), color: ColorAxis("loss", kind: .log)) {
        HeatMapMark(
          values: (0..<90).map { row in
            (0..<120).map { column in
              let (x, y) = (Double(column) / 30 - 2, Double(row) / 22.5 - 2)
              return x * x + 2 * y * y + 0.6 * x * y + 0.01
            }
          }, x: (0..<120).map { Double($0) / 30 - 2 }, y: (0..<90).map { Double($0) / 22.5 - 2 })
        LineMark(x: path.map(\.0), y: path.map(\.1), series: "gradient descent", color: .series(1))
        PointMark(x: path.map(\.0), y: path.map(\.1), color: .series(1))
      })
  }
}

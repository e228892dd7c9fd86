import Foundation
import Plotting

/// Figures like those of reports, made from formulas.
enum Gallery {
  static let figures: [(name: String, figure: Figure)] = [
    ("losses", losses), ("folds", folds), ("search", search), ("closure", closure), ("slices", slices),
    ("grouped", grouped), ("crowded", crowded), ("categories", categories), ("panels", panels),
    ("many-bars", manyBars), ("empty", empty),
    ("replicas", replicas), ("cloud", cloud(100_000)), ("letters", letters),
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
        LineMark(x: trials, y: best, series: "best so far", isStep: true)
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
}

import Components
import Plotting

extension ResultView {
  /// The loss and the metrics of every part.
  static let summary = ResultView(
    name: "summary", help: "The loss and the metrics of every part.", isDefault: true
  ) { result in
    let names = ["loss"] + result.experiment.metrics.map(\.name)
    var rows: [[RecordedValue]] = []
    for part in ["train", "validation", "test"] {
      guard result.values["\(part).loss"] != nil else { continue }
      rows.append([.text(part)] + names.map { result.values["\(part).\($0)"] ?? .text("") })
    }
    if !result.folds.isEmpty {
      rows.append(
        [.text("cross-validation")]
          + names.map { name in
            guard let mean = result.values["cv.\(name).mean"]?.number,
              let deviation = result.values["cv.\(name).std"]?.number
            else { return .text("") }
            return .text(ValueFormat.uncertain(mean, deviation))
          })
    }
    return .table(
      Table(
        columns: [.init("part")] + names.map { .init($0, decimals: 4) }, rows: rows,
        caption: "Scores of every part; cross-validation shows mean and standard deviation over folds."))
  }
}

import Components
import Datasets
import Tensors

/// The predictions for every example of every part, as rows of text with a header.
struct PredictionTable {
  /// The header and a row for each example, of every repetition of every variant.
  let rows: [[String]]

  init(_ result: ExperimentResult) {
    rows = result.exportedRows(["part", "example"]) { run in
      guard let fitted = run.fitted else { return [] }
      let parts = [
        ("train", fitted.training), ("validation", fitted.validation), ("test", run.experiment.parts().test),
      ]
      return parts.flatMap { part, examples -> [[String]] in
        let data = run.experiment.data.subset(examples)
        guard !examples.isEmpty else { return [] }
        return zip(examples, PredictionFields.rows(data, fitted.predict(data))).map { [part, "\($0)"] + $1 }
      }
    }
  }
}

/// The predictions for every example by the fit that had not seen it, as rows of text with a header.
struct FoldTable {
  /// The header and a row for each held-out example, of every repetition of every variant.
  let rows: [[String]]

  init(_ result: ExperimentResult) {
    rows = result.exportedRows(["fold", "example"]) { run in
      run.heldOut.enumerated().flatMap { number, fold -> [[String]] in
        let data = run.experiment.data.subset(fold.examples)
        return zip(fold.examples, PredictionFields.rows(data, fold.outputs)).map {
          ["\(number + 1)", "\($0)"] + $1
        }
      }
    }
  }
}

/// The fields of targets and predictions.
enum PredictionFields {
  /// The names of the columns: targets, predictions, and for classes their probabilities.
  static func header(_ data: Dataset) -> [String] {
    switch data.targets {
    case .classes(_, let names): ["target", "prediction"] + names.map { "probability of \($0)" }
    case .values(_, let names):
      names.count == 1 ? ["target", "prediction"] : names + names.map { "prediction of \($0)" }
    }
  }

  /// The fields of each example.
  static func rows(_ data: Dataset, _ outputs: Tensor<Double>) -> [[String]] {
    let predictions = PartPredictions(part: "", data: data, outputs: outputs)
    switch data.targets {
    case .classes(let classes, let names):
      let predicted = predictions.predictedClasses
      let probabilities = predictions.probabilities ?? []
      return classes.indices.map { row in
        [names[classes[row]], names[predicted[row]]] + probabilities[row].map(text)
      }
    case .values(let values, _):
      return (0..<values.rows).map { row in values.row(row).map(text) + outputs.row(row).map(text) }
    }
  }

  private static func text(_ value: Double) -> String {
    value.isFinite ? "\(value)" : value.isNaN ? "NaN" : "\(value > 0 ? "" : "-")Infinity"
  }
}

extension ExperimentResult {
  /// The rows of all runs below their header, with columns for the variant and the repetition where there are several.
  fileprivate func exportedRows(
    _ columns: [String], of rows: (ExperimentResult) -> [[String]]
  ) -> [[String]] {
    let variants = variants.isEmpty ? [(nil, self)] : variants.map { (Optional($0.name), $0.result) }
    var all: [[String]] = []
    var heading: [String] = []
    for (name, result) in variants {
      let runs =
        result.repetitions.isEmpty
        ? [(nil, result)] : result.repetitions.enumerated().map { (Optional($0 + 1), $1) }
      for (number, run) in runs {
        let keys = [name, number.map { "\($0)" }].compactMap(\.self)
        let names = [name == nil ? nil : "variant", number == nil ? nil : "repetition"].compactMap(\.self)
        if all.isEmpty { heading = names + columns + PredictionFields.header(run.experiment.data) }
        all += rows(run).map { keys + $0 }
      }
    }
    return [heading] + all
  }
}

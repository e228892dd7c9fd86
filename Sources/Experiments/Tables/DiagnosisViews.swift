import Components
import Plotting
import Validation

extension ResultView {
  /// The diagnosis in words.
  static let diagnosis = ResultView(
    name: "diagnosis", help: "What limits the strategy, and what to try next.", isDefault: true,
    needs: [.diagnosis]
  ) { $0.diagnosis?.paragraph }

  /// What was measured for the diagnosis.
  static let diagnosisTable = ResultView.table(
    name: "diagnosis-steps", help: "What the diagnosis measured, step by step.", isDefault: true,
    caption:
      "The steps of the diagnosis: scores of models, and how much changes gain; errors are corrected for the "
      + "examples that trainings share.",
    columns: { experiment in
      experiment.diagnosis.map { plan in
        let name = experiment.metric(of: plan)?.name ?? "loss"
        return [
          "step", "what", .init("own examples", format: .significant(3)),
          .init("held out: \(name)", format: .significant(3)),
        ]
      }
    },
    rows: { result in
      guard let diagnosis = result.diagnosis else { return [] }
      func cell(_ measurement: Diagnosis.Measurement) -> Table.Cell {
        Table.Cell(.real(measurement.value), error: measurement.error.isFinite ? measurement.error : nil)
      }
      var rows: [[Table.Cell]] = diagnosis.report.findings.map {
        [.text("data"), .text("\($0.kind.rawValue): \($0.text)"), .missing, .missing]
      }
      for model in diagnosis.references + [diagnosis.model] {
        let step = model.name == "model" ? "model" : "reference"
        rows.append([.text(step), .text(model.words), cell(model.training), cell(model.held)])
      }
      rows.append([.text("reading"), .text("gap to own examples"), .missing, cell(diagnosis.gap)])
      rows.append([.text("reading"), .text("gain over half of the data"), .missing, cell(diagnosis.halving)])
      for effect in diagnosis.effects {
        rows.append([.text("gain"), .text(effect.words), cell(effect.training), cell(effect.held)])
      }
      return rows
    })

  /// The gain of every change that was tried.
  static let diagnosisEffects = ResultView(
    name: "diagnosis-effects", help: "How much each change that was tried gains.", isDefault: true,
    needs: [.diagnosisOfChanges],
    example: {
      .plot(
        .effects(
          names: [
            "weights drawn to zero", "twice the units of hidden layers", "a third of the learning rate",
          ],
          gains: [0.021, 0.004, -0.03], errors: [0.006, 0.007, 0.011], score: "accuracy"))
    }
  ) { result in
    guard let diagnosis = result.diagnosis else { return nil }
    let known = diagnosis.effects.filter { $0.held.value.isFinite && $0.held.error.isFinite }
    guard !known.isEmpty else { return nil }
    let plot = Plot.effects(
      names: known.map(\.words), gains: known.map(\.held.value), errors: known.map(\.held.error),
      score: diagnosis.metric)
    return .figure(
      .plot(plot),
      caption: "How much each change of the strategy gains on unseen examples, with two standard errors; "
        + "what lies right of the line helps.")
  }
}

extension Plot {
  /// The gains of changes with two standard errors each, the first at the top.
  public static func effects(names: [String], gains: [Double], errors: [Double], score: String) -> Plot {
    let places = names.indices.map { Double(names.count - $0) }
    let label = score.replacing("_", with: "\\_")
    return Plot(
      x: .linear("gain of \(label)"),
      y: .linear("").marked(zip(places, names.map { shortened($0, to: 36) }).map { ($0, $1) }).withoutGrid(),
      size: FigureSize(width: 6.4, height: min(1 + 0.32 * Double(names.count), 5.5))
    ) {
      RuleMark(x: 0, color: .muted)
      for (place, (gain, error)) in zip(places, zip(gains, errors)) {
        LineMark(
          x: [gain - 2 * error, gain + 2 * error], y: [place, place],
          color: gain.magnitude > 2 * error ? .series(gain > 0 ? 0 : 1) : .muted, width: 2)
      }
      PointMark(x: gains, y: places, size: 5, color: .text)
    }
  }
}

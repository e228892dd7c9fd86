import Components
import Plotting
import Search

extension ResultView {
  /// The search in words.
  static let searchSummary = ResultView(
    name: "search-summary", help: "What the search found, in words.", isDefault: true, needs: [.search]
  ) { result in
    guard let search = result.experiment.search, let best = result.best else { return nil }
    return SearchWords(search, best, result).paragraph
  }

  /// The best trials.
  static let bestTrials = ResultView.table(
    name: "best-trials", help: "The best trials of the search.", isDefault: true,
    caption: "The best trials that were evaluated to the end.",
    columns: { trialColumns($0, first: "rank") },
    rows: { result in
      guard let search = result.experiment.search else { return [] }
      let study = search.plan.study(
        in: result.experiment.space, directions: search.directions, seed: result.experiment.seed)
      return study.ranking(of: result.trials).prefix(5).enumerated().map { rank, trial in
        [.integer(rank + 1), .integer(trial.number)] + trialCells(trial, search, result.experiment.space)
      }
    })

  /// Every trial of the search.
  static let trialTable = ResultView.table(
    name: "trials", help: "Every trial of the search.", isDefault: false,
    caption: "All trials of the search.",
    columns: { experiment in
      trialColumns(experiment, first: nil).map { $0 + ["state"] }
    },
    rows: { result in
      guard let search = result.experiment.search else { return [] }
      return result.trials.map { trial in
        [.integer(trial.number)] + trialCells(trial, search, result.experiment.space)
          + [.text(trial.state.rawValue)]
      }
    })

  private static func trialColumns(_ experiment: Experiment, first: String?) -> [Table.Column]? {
    guard let search = experiment.search else { return nil }
    var columns = (first.map { [Table.Column($0)] } ?? []) + ["trial"]
    columns += experiment.space.parameters.map { parameter in
      parameter.distribution.valueCount == nil
        ? Table.Column(parameter.name, format: .significant(3)) : Table.Column(parameter.name)
    }
    columns += search.objectives.map { Table.Column($0.path, decimals: 4) }
    if !search.constraints.isEmpty { columns.append(Table.Column("violation", decimals: 4)) }
    return columns
  }

  /// The values of the hyperparameters, those that did not count left out, and the objectives.
  private static func trialCells(
    _ trial: Trial, _ search: ResolvedSearch, _ space: SearchSpace
  ) -> [Table.Cell] {
    let values = Dictionary(uniqueKeysWithValues: space.recorded(trial.assignment))
    var cells = space.parameters.map { parameter in values[parameter.name].map { Table.Cell($0) } ?? .missing
    }
    cells += search.objectives.indices.map { .real($0 < trial.values.count ? trial.values[$0] : .nan) }
    if !search.constraints.isEmpty { cells.append(.real(trial.violation)) }
    return cells
  }
}

/// A search in words.
private struct SearchWords {
  private let search: ResolvedSearch
  private let best: Trial
  private let result: ExperimentResult

  init(_ search: ResolvedSearch, _ best: Trial, _ result: ExperimentResult) {
    self.search = search
    self.best = best
    self.result = result
  }

  var paragraph: String {
    [effort, winner, importance, optimism, ensemble].compactMap(\.self).joined(separator: " ")
  }

  private func short(_ value: Double) -> String { ValueFormat.significant(value, 4) }

  /// A number with what it counts.
  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private var effort: String {
    let trials = result.trials
    let isStaged = trials.contains { $0.training != nil }
    let others = [
      (
        trials.count { $0.state == .pruned }, isStaged ? "stages on the way to others" : "given up on the way"
      ),
      (trials.count { $0.state == .failed }, "failed"),
      (trials.count { $0.state == .completed && !$0.isFeasible }, "missed a constraint"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let rest = others.isEmpty ? "" : " (\(others.joined(separator: ", ")))"
    let wanted = search.direction == .minimize ? "least" : "greatest"
    var text =
      "The search tried \(count(trials.count, "assignment"))\(rest) for the \(wanted) \(search.path)."
    switch result.ending {
    case .timeout: text += " It was ended by its time limit, so that another run may differ."
    case .patience: text += " It ended because nothing better had been found for a while."
    case .evaluations: text += " It ended with its budget of fits."
    default: break
    }
    return text
  }

  private var winner: String {
    let values = result.experiment.space.recorded(best.assignment).map { name, value in
      switch value {
      case .real(let number): "\(name) = \(ValueFormat.significant(number, 3))"
      case .text(let text): "\(name) = \(text)"
      default: "\(name) = \(value.compactJSON)"
      }
    }
    var text =
      "The best is trial \(best.number) with \(short(best.value)): \(values.joined(separator: ", "))."
    if search.objectives.count > 1, case .list(let front)? = result.values["search.front.numbers"] {
      text += " \(count(front.count, "trial")) cannot be improved in one objective without loss in another."
    }
    return text
  }

  private var importance: String? {
    let shares = result.experiment.space.parameters.compactMap {
      parameter -> (name: String, share: Double)? in
      guard let share = result.values["search.importances.\(parameter.name)"]?.number, share > 0 else {
        return nil
      }
      return (parameter.name, share)
    }
    guard shares.count > 1, let first = shares.max(by: { $0.share < $1.share }) else { return nil }
    let percent = Int((100 * first.share).rounded())
    return "What mattered most is \(first.name), with \(percent)\u{a0}% of all importance."
  }

  private var ensemble: String? {
    guard case .list(let members)? = result.values["search.ensemble.members"],
      let metric = result.experiment.metrics.first?.name,
      let score = result.values["search.ensemble.test.\(metric)"]?.number,
      let single = result.values["test.\(metric)"]?.number
    else { return nil }
    return
      "The \(members.count) best together reach a test \(metric) of \(short(score)), the best alone \(short(single))."
  }

  private var optimism: String? {
    guard let optimism = result.values["search.optimism"]?.number, optimism.isFinite else { return nil }
    let isNested = result.values["search.nested.values"] != nil
    let judge = isNested ? "nested cross-validation, which never saw the choice," : "the test part"
    if optimism > 0 {
      return
        "A score that was chosen from many is optimistic: \(judge) says \(short(optimism)) worse than the score "
        + "of the best trial."
    }
    return "The score of the best trial is not optimistic here: \(judge) says no worse."
  }
}

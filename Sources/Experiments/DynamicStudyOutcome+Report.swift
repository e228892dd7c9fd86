import Components
import Plotting
import Search

// What a report shows of a search in Swift.
extension DynamicStudyOutcome {
  /// The best trials with their values; what a trial did not ask for is left out.
  public func bestTrials(_ count: Int = 5, objective: String = "objective") -> Table {
    let objectives = study.directions.indices.map { index in
      Table.Column(study.directions.count > 1 ? "\(objective) \(index + 1)" : objective, decimals: 4)
    }
    let parameters = space.parameters.map { parameter in
      parameter.distribution.valueCount == nil
        ? Table.Column(parameter.name, format: .significant(3)) : Table.Column(parameter.name)
    }
    let rows = study.ranking(of: trials).prefix(count).enumerated().map { rank, trial in
      let values = Dictionary(values(of: trial)) { value, _ in value }
      let cells: [Table.Cell] = space.parameters.map { parameter in
        values[parameter.name].map { Table.Cell($0) } ?? .missing
      }
      return [.integer(rank + 1), .integer(trial.number)] + cells + trial.values.map { .real($0) }
    }
    return Table(columns: ["rank", "trial"] + parameters + objectives, rows: rows)
  }

  /// The objective of every trial in their order, and the best value so far.
  public func searchHistory(objective: String = "objective") -> Plot {
    let isPruned = trials.map { $0.state == .pruned }
    let isFeasible = trials.map(\.isFeasible)
    return .searchHistory(
      values: trials.map(\.value), direction: study.direction, objective: objective,
      isFeasible: isFeasible.contains(false) ? isFeasible : nil,
      isPruned: isPruned.contains(true) ? isPruned : nil)
  }

  /// The objective against each hyperparameter by itself.
  public func parameterSlices(objective: String = "objective") -> PlotGrid {
    let whole = trials.filter { $0.state == .completed }
    let best = study.best(of: trials)
    return .parameterSlices(
      space.searchedParameters(of: whole), scores: whole.map(\.value),
      best: best.flatMap { best in whole.firstIndex { $0.number == best.number } }, objective: objective)
  }

  /// How much of the objective each hyperparameter explains, by fANOVA (Hutter, Hoos and Leyton-Brown 2014).
  public var importances: [(name: String, share: Double)] {
    let shares = FANOVAImportance().importances(
      of: trials, in: space, direction: study.direction, seed: study.seed)
    return zip(space.parameters, shares).map { ($0.name, $1) }
  }
}

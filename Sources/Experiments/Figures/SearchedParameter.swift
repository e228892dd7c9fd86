import Plotting
import Search

/// The values that a hyperparameter had in the trials of a search.
public struct SearchedParameter: Sendable {
  /// The name.
  public var name: String
  /// The value in each trial; of choices the number of the choice.
  public var values: [Double]
  /// Whether the search ran over equal factors.
  public var isLogarithmic: Bool
  /// The names of the choices; empty for numbers.
  public var choices: [String]

  /// Values of a hyperparameter.
  public init(_ name: String, values: [Double], isLogarithmic: Bool = false, choices: [String] = []) {
    self.name = name
    self.values = values
    self.isLogarithmic = isLogarithmic
    self.choices = choices
  }

  /// The axis that shows the values.
  var axis: Plot.Axis {
    // An underscore of a name is none of a subscript.
    let label = name.replacing("_", with: "\\_")
    if !choices.isEmpty {
      return .linear(label, limits: -0.5...(Double(choices.count) - 0.5)).marked(
        choices.enumerated().map { (Double($0.offset), $0.element) })
    }
    return isLogarithmic ? .log(label) : .linear(label)
  }
}

extension SearchSpace {
  /// The hyperparameters with their values in each trial.
  public func searchedParameters(of trials: [Trial]) -> [SearchedParameter] {
    parameters.enumerated().map { index, parameter in
      let values = trials.map { $0.assignment[index] }
      if case .choice(let names) = parameter.distribution {
        return SearchedParameter(parameter.name, values: values, choices: names)
      }
      let isLogarithmic = parameter.distribution.isLogarithmic
      return SearchedParameter(parameter.name, values: values, isLogarithmic: isLogarithmic)
    }
  }
}

extension ExperimentResult {
  /// The hyperparameters of the search with their values in each trial.
  var searchedParameters: [SearchedParameter] { experiment.space.searchedParameters(of: trials) }
}

extension [SearchedParameter] {
  /// The same, called by the last part of their paths where no other ends so: names that fit side by side.
  var withShortNames: [SearchedParameter] {
    let ends = map { $0.name.split(separator: ".").last.map(String.init) ?? $0.name }
    return indices.map { index in
      var parameter = self[index]
      // A number alone, as of a preparation in its list, says nothing.
      let isTold = Int(ends[index]) == nil && ends.count { $0 == ends[index] } == 1
      if isTold { parameter.name = ends[index] }
      return parameter
    }
  }
}

import Search

/// The values that a trial of a search gives the hyperparameters.
public struct Hyperparameters: Sendable {
  private let space: SearchSpace
  private let assignment: Assignment

  init(_ space: SearchSpace, _ assignment: Assignment) {
    self.space = space
    self.assignment = assignment
  }

  /// The value of a hyperparameter as a number; a choice is the place of what was chosen.
  ///
  /// One that belongs to a choice that was not made has a value of the middle of its own, so that every branch of a program
  /// may be made before one is chosen.
  /// A name that the space does not have is a slip of the program: it traps, naming those that there are.
  public func number(_ name: String) -> Double {
    guard let index = space.parameters.firstIndex(where: { $0.name == name }) else {
      let known = space.parameters.map(\.name).joined(separator: ", ")
      preconditionFailure("there is no hyperparameter \"\(name)\" among \(known.isEmpty ? "none" : known)")
    }
    let value = assignment[index]
    return value.isNaN ? space.parameters[index].distribution.value(atUnit: 0.5) : value
  }

  /// The value of a whole number.
  public func integer(_ name: String) -> Int { Int(number(name)) }

  /// What was chosen among the options, which are those of the space in their order.
  public func choice<Option>(_ name: String, _ options: Option...) -> Option { options[integer(name)] }
}

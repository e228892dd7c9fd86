import Components
import Datasets
import Learners
import NeuralNetworks
import Search
import Validation

extension RecipeTemplate {
  /// What the template makes of assignments.
  ///
  /// `vocabulary` is that of data whose samples are trees.
  func blueprint(defaultLoss: any Loss, precision: Precision, vocabulary: Int?) -> StrategyBlueprint {
    let template = self
    return StrategyBlueprint(space: space) { assignment in
      Strategy(
        preparations: try template.preparations(assignment),
        estimator: try template.estimator(
          assignment, defaultLoss: defaultLoss, precision: precision, vocabulary: vocabulary))
    }
  }

  /// What is fitted for an assignment; throws the first problem.
  func estimator(
    _ assignment: Assignment, defaultLoss: any Loss, precision: Precision, vocabulary: Int?
  ) throws -> Estimator {
    if let learner = try learner(assignment) { return .learner(learner) }
    return .network(
      try network(assignment, vocabulary: vocabulary),
      try settings(assignment, defaultLoss: defaultLoss, precision: precision))
  }

  /// The learner for an assignment; nil for a network, throws the first problem.
  func learner(_ assignment: Assignment) throws -> (any Learner)? {
    guard let node = section("model", assignment), Self.namesLearner(node) else { return nil }
    return try Learners.catalog.decode(node)
  }

  /// The preparations for an assignment; throws the first problem.
  func preparations(_ assignment: Assignment) throws -> [any Preparation] {
    guard let node = section("prepare", assignment) else { return [] }
    return try items(of: node, "prepare", "a list").map { try Preparations.catalog.decode($0) }
  }

  /// The network for an assignment; throws the first problem.
  func network(_ assignment: Assignment, vocabulary: Int?) throws -> Sequential {
    let node = section("model", assignment) ?? nothing
    if case .map(let entries) = node.kind, let form = entries.first {
      guard form.key == RecursiveSection.component.name else {
        throw Problem(
          RecipeError.unknownKey(
            in: "model", name: form.key, known: ["recursive", "gan"] + Learners.catalog.names),
          at: form.keyPosition)
      }
      guard let vocabulary else { throw Problem(RecipeError.needsTrees, at: form.keyPosition) }
      return try RecursiveSection.component.decode(map: form.value).network(vocabulary: vocabulary)
    }
    return Sequential(try items(of: node, "model", "a list of layers").map { try Layers.catalog.decode($0) })
  }

  /// The training for an assignment; throws the first problem.
  func settings(
    _ assignment: Assignment, defaultLoss: any Loss, precision: Precision
  ) throws -> TrainingSettings {
    let node = section("train", assignment) ?? RecipeNode(.map([]), at: nothing.position)
    return try TrainSection.settings(node, defaultLoss: defaultLoss, precision: precision)
  }

  private func items(of node: RecipeNode, _ name: String, _ expected: String) throws -> [RecipeNode] {
    guard case .list(let items) = node.kind else {
      throw Problem(
        RecipeError.wrongType(
          name: name, expected: expected, found: node.shortDescription, known: [], given: nil),
        at: node.position)
    }
    return items
  }

  /// Everything wrong with the three sections themselves, whatever the data: each component by itself, at both ends
  /// of every hyperparameter.
  var allProblems: [Problem] {
    var found = problems
    func attempt(_ body: () throws -> Void) {
      do { try body() } catch let problem as Problem {
        if !found.contains(problem) { found.append(problem) }
      } catch {
        found.append(Problem(at: nothing.position, message: "\(error)"))
      }
    }
    for assignment in space.extremes {
      if case .list(let items)? = section("prepare", assignment)?.kind {
        for item in items { attempt { _ = try Preparations.catalog.decode(item) } }
      } else {
        attempt { _ = try preparations(assignment) }
      }
      switch section("model", assignment)?.kind {
      case .list(let items): for item in items { attempt { _ = try Layers.catalog.decode(item) } }
      // Whether the data are trees is checked with the data.
      default:
        attempt {
          _ = try estimator(assignment, defaultLoss: CrossEntropy(), precision: .float, vocabulary: 1)
        }
      }
      attempt { _ = try settings(assignment, defaultLoss: CrossEntropy(), precision: .float) }
    }
    return found
  }
}

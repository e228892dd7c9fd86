import Components
import Documents
import Experiments
import Testing

/// Reads a recipe that begins on the first line of `report.md`.
func decode(
  _ text: String, parameters: [String: RecordedValue] = [:], folder: String = "/nowhere",
  recipes: [String: String] = [:]
) -> (experiment: Experiment?, problems: [String]) {
  var problems: [Problem] = []
  let node = RecipeReader().read(SourceText(text, file: "report.md"), problems: &problems)
  guard problems.isEmpty, let node else { return (nil, problems.map(\.description)) }
  let others = recipes.compactMapValues {
    RecipeReader().read(SourceText($0, file: "report.md"), problems: &problems)
  }
  let context = RecipeContext(
    folder: folder, seed: 7, parameters: parameters,
    recipes: others.merging(["test": node]) { $1 })
  let (experiment, found) = ExperimentDecoder(context).decode(node, label: "test")
  return (experiment, found.map(\.description))
}

/// The experiment of a recipe without problems.
func experiment(
  _ text: String, parameters: [String: RecordedValue] = [:], recipes: [String: String] = [:],
  _ location: SourceLocation = #_sourceLocation
) throws -> Experiment {
  let (experiment, problems) = decode(text, parameters: parameters, recipes: recipes)
  #expect(problems == [], sourceLocation: location)
  return try #require(experiment, sourceLocation: location)
}

/// The problems of a recipe whose data are three clouds, with more lines.
func problems(_ lines: String, model: String = "[dense(8, tanh), dense(3)]", data: String = "generate: blobs")
  -> [String]
{
  decode("data: {\(data)}\nmodel: \(model)\n\(lines)").problems
}

import Components
import Documents
import Testing

@Suite("The project's file")
struct ProjectSettingsTests {
  private static let yaml = """
    title: Two lectures
    order: [first, second.md]
    defaults:
      lang: de
      toc: true
      seed: 7
      params: {depth: 3}
    profiles:
      quick: {params: {epochs: 20, other: 1}, seed: 9}
      slow: {execute: {echo: false}}
    """

  private func document(_ text: String, profile: String?) -> Document {
    let project = ProjectSettings(text: Self.yaml, file: "lectern.yml")
    return DocumentReader.read(
      text: text, file: "a.md", settings: project.documentSettings(profile: profile, format: nil))
  }

  @Test("Documents add to its defaults, and a profile wins over both")
  func settings() throws {
    let project = ProjectSettings(text: Self.yaml, file: "lectern.yml")
    #expect(project.title == "Two lectures" && project.order == ["first", "second"])
    #expect(project.problems == [] && project.profiles.map(\.name) == ["quick", "slow"])
    let text = "---\nseed: 8\ntoc: false\nparams: {epochs: 300}\n---\n\n```{swift}\nlet x = 1\n```\n"
    let plain = document(text, profile: nil).frontMatter
    #expect(plain.language == "de" && !plain.toc && plain.seed == 8)
    #expect(
      plain.parameter("epochs")?.value == .integer(300) && plain.parameter("depth")?.value == .integer(3))
    let quick = document(text, profile: "quick").frontMatter
    #expect(quick.seed == 9 && quick.parameter("epochs")?.value == .integer(20))
    // A profile is for all documents: what one does not declare is not for it.
    #expect(quick.parameter("other") == nil)
    #expect(document(text, profile: "slow").cells.first?.options.echo == false)
  }

  @Test("A value that a profile cannot give is told at its place in the file")
  func types() {
    let project = ProjectSettings(text: "profiles: {q: {params: {epochs: many}}}", file: "lectern.yml")
    let document = DocumentReader.read(
      text: "---\nparams: {epochs: 3}\n---\n", file: "a.md",
      settings: project.documentSettings(profile: "q", format: nil))
    #expect(document.problems.map { "\($0.file):\($0.line)" } == ["lectern.yml:1"])
  }

  @Test(
    "Mistakes are told",
    arguments: [
      ("titel: x", "unknown key \"titel\" in lectern.yml"),
      ("- a", "the project's file is not a map of key: value"),
      ("profiles: [a]", "profiles must be a map, not a list"),
    ])
  func mistakes(text: String, message: String) {
    let problems = ProjectSettings(text: text, file: "lectern.yml").problems
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains(message.split(separator: " ")[0]) == true, "\(problems)")
  }
}

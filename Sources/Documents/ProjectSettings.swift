import Components

/// What `lectern.yml` says: the title of a project, the order of its documents, settings for all of them, and profiles.
///
/// ```yaml
/// title: Two lectures
/// order: [linear-models, tuning]
/// defaults: {lang: en, toc: true}
/// profiles:
///   quick: {params: {epochs: 20}}
/// ```
package struct ProjectSettings: Sendable {
  /// The name of the file in the root of a project.
  package static let fileName = "lectern.yml"

  /// A set of settings that the command line chooses by its name.
  package struct Profile: Sendable {
    package var name: String
    package var entries: [RecipeNode.Entry]
  }

  /// The title of the project.
  package private(set) var title: String?
  /// The documents in the order of reading, as paths below the root without their endings.
  package private(set) var order: [String] = []
  /// Front matter that documents add to.
  package private(set) var defaults: [RecipeNode.Entry] = []
  /// In the order of the file.
  package private(set) var profiles: [Profile] = []
  /// What is wrong with the file.
  package private(set) var problems: [Problem] = []
  /// The whole file.
  package let text: String

  private static let keys = ["title", "order", "defaults", "profiles"]

  /// The settings of a file's text.
  package init(text: String, file: String) {
    self.text = text
    let source = SourceText(text, file: file)
    guard let root = RecipeReader(readsCalls: false).read(source, problems: &problems) else { return }
    guard case .map(let entries) = root.kind else {
      problems.append(Problem(DocumentError.projectIsNoMap, at: root.position))
      return
    }
    for entry in entries {
      do {
        try apply(entry)
      } catch let problem as Problem {
        problems.append(problem)
      } catch let error as any Explained {
        problems.append(Problem(error, at: entry.value.position))
      } catch {
        continue
      }
    }
  }

  /// The settings of a document that a profile, or none, chooses.
  package func documentSettings(
    profile name: String?, format: FrontMatter.Format?
  ) -> DocumentReader.Settings {
    var settings = DocumentReader.Settings()
    settings.defaults = defaults
    settings.profile = name
    settings.format = format
    settings.problems = problems
    if let profile = profiles.first(where: { $0.name == name }) { settings.overrides = profile.entries }
    return settings
  }

  private mutating func apply(_ entry: RecipeNode.Entry) throws {
    switch entry.key {
    case "title": title = try Setting<Self>.value(of: entry.value, as: String.self, name: "title")
    case "order":
      order = try Setting<Self>.value(of: entry.value, as: [String].self, name: "order").map { name in
        name.hasSuffix(".md") ? String(name.dropLast(3)) : name
      }
    case "defaults": defaults = try map(entry)
    case "profiles":
      profiles = try map(entry).map { profile in
        Profile(name: profile.key, entries: try map(profile))
      }
    default:
      throw Problem(
        RecipeError.unknownKey(in: Self.fileName, name: entry.key, known: Self.keys), at: entry.keyPosition)
    }
  }

  private func map(_ entry: RecipeNode.Entry) throws(RecipeError) -> [RecipeNode.Entry] {
    guard case .map(let entries) = entry.value.kind else {
      throw .wrongType(
        name: entry.key, expected: "a map", found: entry.value.shortDescription, known: [], given: nil)
    }
    return entries
  }
}

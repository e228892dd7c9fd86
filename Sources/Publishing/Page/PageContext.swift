import Components
import Documents

/// What surrounds a page: how formulas are typeset, the other documents of its project, the state of its repository.
package struct PageContext: Sendable {
  /// Typesets formulas.
  package var mathematics: MathTypesetter
  /// Finds the documents that references lead to.
  package var library: DocumentLibrary?
  /// The title of the project.
  package var projectTitle: String?
  /// The text of the project's file.
  package var projectFile: String?
  /// The page before this one in the order of the project.
  package var previous: PageLink?
  /// The page behind it.
  package var next: PageLink?
  /// The commit, if the reader shall know it.
  package var stamp: RepositoryStamp?
  /// Whether an index of pages will show a picture.
  package var wantsThumbnail = false
  /// The name of the profile in force.
  package var profile: String?

  /// A page that stands alone.
  package init(mathematics: MathTypesetter = MathTypesetter()) { self.mathematics = mathematics }
}

/// A link to another page.
package struct PageLink: Sendable, Equatable {
  /// Without markup.
  package var title: String
  /// Relative to the page.
  package var address: String

  package init(title: String, address: String) {
    self.title = title
    self.address = address
  }
}

/// The state of the repository that a page was made in; only pages that ask for it hold it.
package struct RepositoryStamp: Sendable, Equatable {
  /// The name of the commit, in hexadecimal digits.
  package var commit: String
  /// Whether all files are those of the commit.
  package var isClean: Bool

  package init(commit: String, isClean: Bool) {
    self.commit = commit
    self.isClean = isClean
  }
}

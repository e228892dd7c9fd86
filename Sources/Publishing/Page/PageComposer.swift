import Components
import Documents
import Execution

/// Makes a page of an executed document: Markdown is converted in one piece, then formulas, references, values and
/// cells take their places, and a template puts everything into one file.
package struct PageComposer: Sendable {
  private let template: PageTemplate
  private let context: PageContext
  private let figures: FigureRenderer

  /// A composer that writes with a template and draws figures with a function.
  package init(
    template: PageTemplate, context: PageContext = PageContext(), figures: @escaping FigureRenderer
  ) {
    self.template = template
    self.context = context
    self.figures = figures
  }

  /// The page of a document.
  ///
  /// Fails only if something is missing on this machine; whatever is wrong with the document is shown on the
  /// page and listed in its problems.
  package func page(of executed: ExecutedDocument) throws(PublishingError) -> Page {
    var composition = Composition(executed, context: context, figures: figures)
    let parts = try composition.parts()
    return Page(html: try template.html(of: parts), problems: parts.problems, summary: parts.summary)
  }
}

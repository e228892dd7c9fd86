import Components
import Execution
import Foundation
import Plotting

/// Finds what is wrong with a page before anything is computed: references that lead nowhere, formulas that TeX does
/// not read.
package enum PageCheck {
  /// The problems of the page that a plan will give, those of the plan included.
  package static func problems(
    of plan: Plan, template: PageTemplate, context: PageContext
  ) throws(PublishingError) -> [Problem] {
    let composer = PageComposer(template: template, context: context) { _, _ in
      RenderedFigure(svg: "", data: Table(columns: [], rows: []))
    }
    return try composer.page(of: plan.prediction).problems
  }
}

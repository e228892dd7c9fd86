import CairoRendering
import Execution
import Foundation
import Plotting
import Publishing

/// Draws the figures of a document: the same series has the same color in all of them.
struct FigureDrawing {
  private let order: SeriesOrder

  /// Looks through the figures of a document.
  init(_ executed: ExecutedDocument) throws {
    var order = SeriesOrder()
    for cell in executed.cells {
      for case .figure(let figure) in cell.outputs {
        order.add(figure.figure)
        for tab in figure.others { order.add(tab.figure) }
      }
    }
    self.order = order
  }

  /// What a page calls for each figure.
  var renderer: FigureRenderer {
    let order = order
    return { labeled, id in
      let figure = labeled.figure
      let description = labeled.alternativeText ?? figure.alternativeText
      let svg = try figure.svg(
        id: id, title: labeled.caption, description: description, size: labeled.size, theme: labeled.theme,
        order: order)
      return (svg, description, figure.dataTable)
    }
  }
}

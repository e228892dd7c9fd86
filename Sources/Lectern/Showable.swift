import Components
import NeuralNetworks
import Plotting

/// Something that a report shows as more than text.
public protocol Showable {
  /// Shows it below the cell.
  func showInReport()
}

extension Plot: Showable {
  /// Shows it as a figure.
  public func showInReport() { CellProgram.send(.figure(.plot(self))) }
}

extension PlotGrid: Showable {
  /// Shows it as a figure.
  public func showInReport() { CellProgram.send(.figure(.grid(self))) }
}

extension Diagram: Showable {
  /// Shows it as a figure.
  public func showInReport() { CellProgram.send(.figure(.diagram(self))) }
}

extension Figure: Showable {
  /// Shows it as a figure.
  public func showInReport() { CellProgram.send(.figure(self)) }
}

extension Table: Showable {
  /// Shows it as a table.
  public func showInReport() { CellProgram.send(.table(self)) }
}

/// Shows a plot, a table or a figure below the cell.
public func show(_ item: some Showable) { item.showInReport() }

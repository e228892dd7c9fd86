import Components
import Experiments
import Plotting
import Testing

@Suite("Figures of searches")
struct SearchFigureTests {
  private func figure(_ name: String, _ lines: String) throws -> Figure {
    let experiment = try experiment(
      """
      data: {generate: two-moons, samples: 60}
      split: {validation: 0.3}
      model: [dense(!int [2, 9], tanh), dropout(!uniform [0, 0.5]), dense(2)]
      train: {epochs: 2, learning-rate: !log-uniform [1e-3, 1e-1]}
      \(lines)
      """)
    let result = try ExperimentRunner(pool: SerialPool()).run(experiment)
    let view = try #require(ResultView.named(name))
    guard case .figure(let figure, _)? = view.make(result) else {
      Issue.record("\(name) is no figure")
      return .plot(Plot(x: .linear(""), y: .linear("")) {})
    }
    return figure
  }

  @Test("A front leads from the best in one objective to the best in the other, by corners")
  func front() throws {
    // The first objective should be small and the second large: the fourth trial is worse than the second in both.
    let plot = Plot.paretoFront(
      x: [3, 2, 1, 2.5], y: [9, 5, 4, 4.5], front: [0, 1, 2], directions: (.minimize, .maximize),
      xObjective: "a", yObjective: "b")
    let line = try #require(plot.marks.compactMap { $0 as? LineMark }.first)
    #expect(line.x == [1, 2, 2, 3, 3] && line.y == [4, 4, 5, 5, 9])
    let others = try #require(plot.marks.compactMap { $0 as? PointMark }.first)
    #expect(others.x == [2.5] && others.y == [4.5])
    let turned = Plot.paretoFront(
      x: [3, 2, 1], y: [4, 5, 9], front: [2, 0, 1], directions: (.maximize, .maximize), xObjective: "a",
      yObjective: "b")
    #expect(turned.marks.compactMap { $0 as? LineMark }.first?.x == [3, 2, 2, 1, 1])
  }

  @Test("The front of a search holds the trials that its values name")
  func frontOfSearch() throws {
    let lines = "search: {sampler: random, trials: 12, objective: [loss, parameters]}"
    let shown = try figure("pareto-front", lines)
    let plot = try #require(shown.plots.first)
    let line = try #require(plot.marks.compactMap { $0 as? LineMark }.first)
    #expect(plot.x.label == "parameters" && plot.y.label == "validation.loss")
    // Fewer parameters first; each step to more of them is one to a smaller loss.
    #expect(zip(line.x, line.x.dropFirst()).allSatisfy { $0 <= $1 } && !line.x.isEmpty)
    #expect(zip(line.y, line.y.dropFirst()).allSatisfy { $0 >= $1 })
    let count = plot.marks.compactMap { $0 as? PointMark }.reduce(0) { $0 + $1.x.count }
    #expect(count == 12)
  }

  @Test("Folds come one by one, epochs by factors")
  func rungs() {
    let trial = Plot.RungTrial(
      resources: [1, 2, 3, 4, 5, 6], values: [1, 1, 1, 1, 1, 1], isStopped: false)
    #expect(Plot.rungs([trial], objective: "o", resource: "folds").x.kind == .linear)
    #expect(Plot.rungs([trial], objective: "o").x.kind == .log)
  }

  @Test("Parallel axes are called by the ends of their paths")
  func shortNames() throws {
    let shown = try figure("parallel-coordinates", "search: {sampler: random, trials: 3}")
    let names = shown.plots.first?.x.marked?.map(\.label) ?? []
    #expect(names == ["units", "rate", "learning-rate", "validation.accuracy"])
  }

  @Test("Variants share axes of the same kind, and no others")
  func sharedAxes() throws {
    let variants = """
      search: {sampler: random, trials: 4}
      variants:
        linear:
          model: [dense(!int [2, 9], tanh), dense(2)]
          train: {epochs: 2, learning-rate: !uniform [1e-3, 1e-1]}
        logarithmic: {model: [dense(!int [2, 9], tanh), dense(2)]}
      """
    guard case .grid(let contours) = try figure("parameter-contour", variants) else {
      Issue.record("the variants have no panels")
      return
    }
    #expect(contours.plots.count == 2)
    #expect(Set(contours.plots.map(\.y.kind)).count + Set(contours.plots.map(\.x.kind)).count == 3)
    #expect(contours.sharesX == (Set(contours.plots.map(\.x.kind)).count == 1))
    #expect(contours.sharesY == (Set(contours.plots.map(\.y.kind)).count == 1))
    #expect(contours.sharesX != contours.sharesY)
  }
}

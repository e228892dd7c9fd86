import Components
import Documents
import Execution
import Foundation
import Plotting
import Publishing

/// A document with every kind of output, executed by hand.
enum SampleDocument {
  static let text = """
    ---
    title: "Two moons"
    subtitle: "A first network, *checked* before it is computed"
    author: [Ada Example, Bob Example]
    date: 2026-03-01
    abstract: |
      A dense network separates two half circles. The loss is $L = -\\sum_i y_i \\log p_i$.
    seed: 42
    toc: true
    number-sections: true
    ---

    # A first network {#sec-first}

    A dense layer computes $a^{(l+1)} = g(w^{(l)} a^{(l)})$; @fig-moons-loss shows it learning, and
    @tbl-scores lists what came of it. See @sec-first and @eq-loss. The best of `{value} moons.search.trials`
    trials reaches `{value} moons.test.accuracy | 3` on the test set[^note].

    [^note]: Scored once, at the end.

    ```{experiment}
    #| label: moons
    data: {generate: two-moons, samples: 600, noise: 0.25}
    model: [dense(!log-int [4, 64], tanh), dropout(0.1), dense(2)]
    train:
      loss: cross-entropy   # takes logits
      optimizer: adam(beta1: 0.8)
      learning-rate: !log-uniform [1e-4, 1e-1]
    expect: {test.accuracy: ">= 0.9"}
    ```

    ## What is minimized

    The loss over all samples is

    $$
    L(w) = -\\frac{1}{n} \\sum_{i=1}^{n} \\log \\frac{e^{z_{i, y_i}}}{\\sum_k e^{z_{ik}}} + \\lambda \\lVert w \\rVert^2
    $$ {#eq-loss}

    1. Standardize the inputs; nothing of the test part is seen.

       ```swift
       let law = { (x: Double) in x.squareRoot() * (1 - x) } // a law
       ```

    2. Train, and stop early.

    ```{swift}
    #| label: by-hand
    let network = Sequential { Dense(20, activation: .tanh); Dense(1) }
    let fit = try network.fit(data, loss: .meanSquaredError, optimizer: .adam(learningRate: 0.01), epochs: 2000)
    print("final loss: \\(fit.history.trainingLoss.last ?? .nan)")
    fit.parameters
    ```

    ::: {.callout-note title="Seeds"}
    Variants share their seeds, so that differences are *paired*.
    :::

    ```{swift}
    #| label: broken
    let values = [1, 2, 3]
    print(values[7])
    ```

    ```{swift}
    #| label: later
    print("never")
    ```

    | method | accuracy |
    |:-------|---------:|
    | plain  |    0.931 |
    | dropout|    0.953 |

    """

  static func executed(text: String = text) throws -> ExecutedDocument {
    let document = DocumentReader.read(text: text, file: "lectures/moons.md")
    let cells = try document.cells.map(cell)
    let problems = document.problems + cells.flatMap(\.problems)
    return ExecutedDocument(
      document: document, seed: document.frontMatter.seed, cells: cells,
      inlineTexts: [0: "60", 1: "0.953 ± 0.012"], problems: problems)
  }

  private static func cell(_ cell: Cell) throws -> ExecutedCell {
    var result = ExecutedCell(cell: cell, status: .ok)
    switch cell.label {
    case "moons":
      let table = Table(
        columns: [.init("part"), .init("accuracy", decimals: 3), .init("loss"), .init("samples")],
        rows: [
          [.text("training"), .real(0.9581), .real(0.11235), .integer(360)],
          [.text("validation"), .real(0.95), .real(0.1306), .integer(90)],
          [.text("test"), .real(0.953), .real(12.5), .integer(150)],
        ])
      result.outputs = [
        .figure(
          LabeledFigure(
            label: "fig-moons-loss", figure: try figure(),
            caption: "Training and validation loss $L$; "
              + "the dashed line marks the restored epoch.", alternativeText: nil)),
        .table(LabeledTable(label: "tbl-scores", table: table, caption: "Scores of the three parts.")),
        .settings([
          Setting(path: "train.epochs", value: "300", isGiven: true),
          Setting(path: "train.batch-size", value: "32", isGiven: false),
        ]),
      ]
      result.values = ["test.accuracy": .real(0.953), "search.trials": .integer(60)]
      result.expectations = [
        ExpectationResult(path: "test.accuracy", expected: ">= 0.9", actual: .real(0.953), passed: true)
      ]
    case "by-hand":
      result.outputs = [.text("final loss: 0.00042\n"), .value("61")]
    case "broken":
      result.status = .failed
      result.problems = [
        Problem(
          at: SourcePosition(file: cell.position.file, line: cell.sourceLine + 1, column: 7),
          message: "index 7 is out of range", hint: "the array has 3 elements")
      ]
    default: result.status = .skipped
    }
    return result
  }

  /// The figure that the drawing below stands for.
  private static func figure() throws -> Figure {
    .plot(Plot(x: .linear("epoch", limits: nil), y: .linear("loss", limits: nil)) {})
  }

  /// A drawing in the place of the plotting library's.
  static let drawing: FigureRenderer = { figure, id in
    let svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="461" height="288" viewBox="0 0 461 288" role="img" \
      aria-label="Two falling curves over 300 epochs.">\
      <g fill="none" stroke="var(--lectern-axis)"><path d="M50 20V250H440"/></g>\
      <g stroke="var(--lectern-grid)"><path d="M50 200H440M50 150H440M50 100H440M50 50H440"/></g>\
      <path id="\(id)-1" d="M50 40C120 180 200 220 440 235" fill="none" stroke="var(--lectern-series-1)" stroke-width="2"/>\
      <path d="M50 50C120 170 200 200 440 205" fill="none" stroke="var(--lectern-series-2)" stroke-width="2"/>\
      <text x="245" y="280" fill="var(--lectern-text)" font-size="12" text-anchor="middle">epoch</text></svg>
      """
    let data = Table(
      columns: [.init("epoch"), .init("loss")],
      rows: [[.integer(1), .real(0.69)], [.integer(2), .real(0.52)]])
    return RenderedFigure(svg: svg, data: data)
  }

  static func page() throws -> Page { try page(executed()) }

  static func page(_ executed: ExecutedDocument) throws -> Page {
    let template = try PageTemplate.named("lecture", projectRoot: nil)
    return try PageComposer(template: template, figures: drawing).page(of: executed)
  }
}

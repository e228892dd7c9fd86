import Components
import Documents
import Execution
import Publishing
import Testing

@Suite("Results")
struct ResultsWriterTests {
  @Test("Results are sorted, complete and free of paths of the machine")
  func results() {
    let document = DocumentReader.read(
      text: "```{experiment}\n#| label: a\ndata: x\n```\n", file: "/home/ada/a.md")
    let cell = ExecutedCell(
      cell: document.cells[0], status: .failed, values: ["b": .real(.nan), "a": .integer(1)],
      expectations: [ExpectationResult(path: "a", expected: ">= 2", actual: .integer(1), passed: false)])
    let problem = Problem(at: cell.cell.position, message: "a is 1", hint: "more")
    let executed = ExecutedDocument(
      document: document, seed: 7, cells: [cell], inlineTexts: [:], problems: [problem])
    #expect(
      ResultsWriter.text(of: executed, problems: executed.problems, alternativeText: { _ in "" }) == """
        {
          "cells": [
            {
              "expectations": [
                {
                  "actual": 1,
                  "expected": ">= 2",
                  "passed": false,
                  "path": "a"
                }
              ],
              "figures": [],
              "kind": "experiment",
              "label": "a",
              "line": 1,
              "status": "failed",
              "tables": [],
              "values": {
                "a": 1,
                "b": "NaN"
              }
            }
          ],
          "document": "a.md",
          "engine": "0.1.0",
          "problems": [
            {
              "column": 1,
              "file": "a.md",
              "hint": "more",
              "line": 1,
              "message": "a is 1",
              "severity": "error"
            }
          ],
          "schema": 1,
          "seed": 7,
          "status": "failed"
        }

        """)
  }

  @Test(
    "Numbers for readers",
    arguments: [
      (0.1 + 0.2, nil, "0.3"), (1234567.0, nil, "1.23457e6"), (-0.00001234, nil, "−1.234e−5"), (0, nil, "0"),
      (2.0, nil, "2"), (0.95349, 3, "0.953"), (-0.0001, 2, "0.00"), (.infinity, nil, "∞"),
    ] as [(Double, Int?, String)])
  func numbers(value: Double, decimals: Int?, text: String) {
    #expect(NumberText.text(value, decimals: decimals) == text)
  }
}

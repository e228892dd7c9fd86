import Foundation
import Testing

@Suite("Problems of learners, metrics, closure tests, curves and diagnoses")
struct JudgmentProblemTests {
  /// Recipes, each with everything that is said about it.
  private static let cases: [(String, [String])] = [
    (
      "data: {generate: blobs}\nmodel: logistic-regresion",
      ["report.md:2:8: error: unknown learner \"logistic-regresion\" (did you mean \"logistic-regression\"?)"]
    ),
    (
      "data: {generate: blobs}\nmodel: ridge",
      ["report.md:2:8: error: ridge needs a number as target, but the data have classes"]
    ),
    (
      "data: {generate: sine}\nmodel: logistic-regression",
      ["report.md:2:8: error: logistic-regression needs classes, but the target is a number"]
    ),
    (
      "data: {generate: blobs}\nmodel: nearest-neighbors(0)",
      ["report.md:2:26: error: \"count\" must be at least 1, not 0"]
    ),
    (
      "data: {generate: blobs}\nmodel: dense(3)",
      ["report.md:2:8: error: \"model\" must be a list of layers, not dense(…)"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\ntrain: {epochs: 3}",
      ["report.md:3:8: error: \"train\" and \"baseline\" exclude each other: baseline is fitted in one step"]
    ),
    (
      "data: {generate: blobs}\nmodel: {rigde: {alpha: 1}}",
      ["report.md:2:9: error: unknown key \"rigde\" in model (did you mean \"ridge\"?)"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nevaluate: [mse]",
      ["report.md:3:12: error: mse needs a number as target, but the data have classes"]
    ),
    (
      "data: {generate: friedman-1}\nmodel: ridge\nevaluate: [chi2]",
      ["report.md:3:12: error: chi2 needs to know the errors of the targets"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nevaluate: [precision(binary)]",
      [
        "report.md:3:12: error: precision-binary looks at one of two classes, but the data have 3 (average: macro, micro or weighted)"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nevaluate: [top-k-accuracy(3)]",
      [
        "report.md:3:12: error: top-3-accuracy counts every example as a hit: the data have 3 classes, and 3 guesses are allowed (k: at most 2)"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nevaluate: [accuracy, accuracy]",
      ["report.md:3:22: error: evaluate is given \"accuracy\" twice"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nevaluate: {metrics: [accuracy], confidence: 95}",
      ["report.md:3:45: error: \"confidence\" must be between 0 and 1, not 95"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nevaluate: {resamples: 100}",
      ["report.md:3:23: error: evaluate needs the key \"confidence\""]
    ),
    (
      "data: {law: \"1+x\", points: {range: [-1, 1], count: 20}, noise: {absolute: 0.1}}\nmodel: linear-regression\nclosure-test: {replicas: 1}",
      ["report.md:3:26: error: \"replicas\" must be at least 2, not 1"]
    ),
    (
      "data: {law: \"1+x\", points: {range: [-1, 1], count: 20}, noise: {absolute: 0.1}}\nmodel: linear-regression\nclosure-test: {out-of-sample: {y: {range: [0, 1]}, z: {range: [0, 1]}}}",
      ["report.md:3:31: error: \"out-of-sample\" must be points in x, not others"]
    ),
    (
      "data: {law: \"1+x\", points: {range: [-1, 1], count: 20}, noise: {absolute: 0.1}}\nmodel: linear-regression\nclosure-test: {inconsistency: 0.5}",
      ["report.md:3:31: error: the noise has no normalization error that fits could know less of"]
    ),
    (
      "data: {law: \"1+x\", points: {range: [-1, 1], count: 20}, noise: {absolute: 0.1}}\nmodel: linear-regression\nclosure-test: {confirm: {fits: 3}}",
      ["report.md:3:25: error: \"confirm\" tests the winner of a search whose objective is a closure test"]
    ),
    (
      "data: {law: \"log(x)\", points: {range: [1, 2], count: 20}, noise: {absolute: 0.1}}\nmodel: linear-regression\nclosure-test: {out-of-sample: {range: [0, 1], count: 5}}",
      ["report.md:3:31: error: the law \"log(x)\" is not finite at every point out of the sample"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nclosure-test: {}",
      [
        "report.md:3:15: error: closure-test needs data that follow a law (as in data: {law: \"x^0.7*(1-x)^3\", points: {range: [0.1, 0.9], count: 50}, noise: {relative: 0.05}})"
      ]
    ),
    (
      "data: {law: x, points: {range: [1, 2], count: 20}, noise: {absolute: 0.1}}\nmodel: ridge(!uniform [0, 1])\nclosure-test: {levels: [2]}\nsearch: {objective: closure.level2.chi2}",
      [
        "report.md:4:21: error: the objective \"closure.level2.chi2\" needs a direction (add direction: minimize or maximize)"
      ]
    ),
    (
      "data: {law: x, points: {range: [1, 2], count: 20}, noise: {absolute: 0.1}}\nmodel: ridge(!uniform [0, 1])\nclosure-test: {levels: [2]}\nsearch: {objective: closure.level2.chi3, direction: minimize}",
      ["report.md:4:21: error: no value \"closure.level2.chi3\" (did you mean \"closure.level2.chi2\"?)"]
    ),
    (
      "data: {law: x, points: {range: [1, 2], count: 20}, noise: {absolute: 0.1}}\nmodel: ridge(!uniform [0, 1])\nsearch: {constraints: {test.r2: \">= 0\"}}",
      [
        "report.md:3:9: error: a search cannot look at \"test.r2\": the test part is scored once at the end (use a validation or cv value)"
      ]
    ),
    (
      "data: {law: x, points: {range: [1, 2], count: 20}, noise: {absolute: 0.1}}\nmodel: ridge(!uniform [0, 1])\nsearch: {constraints: {validation.r2: good}}",
      [
        "report.md:3:39: error: \"good\" is not an expectation (write \">= 0.9\", \"0.95 ± 0.02\", [0.9, 1] or true)"
      ]
    ),
    (
      "data: {generate: blobs, samples: 50}\nmodel: baseline\nlearning-curve: [10, 100]",
      ["report.md:3:17: error: learning-curve needs at least 100 examples, but there are 40"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nlearning-curve: {metric: acuracy}",
      ["report.md:3:26: error: no value \"acuracy\" (did you mean \"accuracy\"?)"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\nlearning-curve: {sizes: [0]}",
      ["report.md:3:25: error: \"sizes\" must be numbers of examples, or fractions above 0, not [0]"]
    ),
    (
      "data: {generate: blobs}\nmodel: nearest-neighbors\nvalidation-curve: {model.count: 3}",
      [
        "report.md:3:33: error: \"validation-curve\" must be a path with a list of values, as in {model.0.units: [2, 4, 8]}, not the number 3"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: nearest-neighbors\nvalidation-curve: {model.count: [1, x]}",
      ["report.md:3:37: error: \"count\" must be a whole number, not \"x\""]
    ),
    (
      "data: {generate: blobs}\nmodel: nearest-neighbors\nvalidation-curve: {split.test: [0.1, 0.2]}",
      [
        "report.md:3:20: error: unknown key \"split.test\" in validation-curve (known: prepare, model, train, repeats)"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\ndiagnose: {repeats: 1}",
      ["report.md:3:21: error: \"repeats\" must be at least 2, not 1"]
    ),
    (
      "data: {generate: blobs}\nmodel: baseline\ndiagnose: {metric: mse}",
      ["report.md:3:20: error: no value \"mse\" (known: accuracy, loss)"]
    ),
  ]

  @Test("are said in one sentence at their place, before any fit", arguments: cases)
  func recipes(text: String, expected: [String]) {
    #expect(decode(text).problems == expected)
  }
}

import Components
import Documents
import Experiments
import Foundation
import Tensors
import Testing

@Suite("Mutated recipes")
struct RecipeFuzzTests {
  private static let recipes = [
    """
    data: {generate: two-moons, samples: 24, noise: 0.2}
    split: {test: 0.25, validation: 0.2, stratify: true}
    prepare: [standardize, polynomial(degree: 2)]
    model: [dense(!log-int [2, 8], tanh), dropout(0.1), dense(2)]
    train:
      optimizer: !choice [adam(beta1: !uniform [0.8, 0.9]), sgd]
      learning-rate: !log-uniform [1e-4, 1e-1]
      epochs: 3
      early-stopping: {window: 2, patience: 3}
    evaluate: [accuracy]
    validate: {k-fold: 3, stratified: true}
    search: {sampler: tpe, trials: 4, objective: accuracy}
    expect: {test.accuracy: ">= 0.1", cv.accuracy.folds.0: [0, 1]}
    """,
    """
    data: {law: "x^0.7*(1-x)^3", points: {range: [0.1, 0.9], count: 12}, noise: {relative: 0.05}}
    model: [dense(!each [2, 3], tanh), dense(1)]
    train: {loss: mse, epochs: 2, batch-size: full, schedule: cosine(period: 4)}
    closure-test: {levels: [0, 1, 2], replicas: 2, fits: 2}
    seeds: {count: 2, vary: [weights, data]}
    compare: {reference: units=2, metrics: [mse]}
    show: [summary, fit]
    """,
    """
    data: {generate: gaussian-ring, samples: 24}
    model:
      gan:
        latent: normal(3)
        generator: [dense(4, relu), dense(2)]
        discriminator: [dense(4), dense(1)]
    train: {loss: wasserstein(1), epochs: 2, discriminator-steps: 2, snapshots: [0, 2]}
    evaluate: [energy-distance]
    variants: {plain: {}, slow rate: {train.learning-rate: 1e-4, model.gan.latent.dimension: 2}}
    """,
    """
    data: {generate: expression-trees, samples: 12, depth: 2}
    model: {recursive: {embedding: 4, merge: dense(4, tanh), head: dense(1)}}
    train: {epochs: 2}
    export: [model, predictions]
    seed: 3
    precision: double
    """,
    """
    data: {generate: blobs, samples: 24}
    model: [dense(!choice [2, 3]), dense(3)]
    train: {epochs: 2, batch-size: 4}
    validate: {nested: {outer: {shuffle-split: 2, test: 0.3, stratified: true}, inner: {k-fold: 2, repeats: 2}}}
    search: {trials: 2}
    variants: {a: {}, b: {validate: {leave-p-out: 2, samples: 5}}, c: {validate: {time-series: 3, gap: 1}}}
    """,
    """
    data: {generate: sine, samples: 20}
    model: [dense(1)]
    validate: {folds: {a: [1, 2], b: {groups: [x], weight: 2}}}
    """,
  ]
  private static let pieces = [
    "[", "]", "{", "}", "(", ")", ":", ",", "!", "\"", "'", "#", "-", "\n", "  ", "&a", "*a", "<<", "|", "%",
    "\t",
    "!each", "!choice", "!uniform", "!param x", "null", "~", "true", ".nan", "-.inf", "1e3", "0", "-1",
    "0x1F",
    "ü", "é", "\u{0}", "🙂", "like: test", "dense(2)", "adam", "model", "train", "each:", "? ", "- ", "...",
    "---",
  ]

  /// A recipe with some slips: characters dropped, doubled or swapped, pieces put in, lines moved.
  private static func mutated(_ text: String, using stream: inout RandomStream) -> String {
    var characters = Array(text)
    for _ in 0..<(1 + stream.integer(below: 4)) {
      guard !characters.isEmpty else { break }
      let place = stream.integer(below: characters.count)
      let length = min(1 + stream.integer(below: 6), characters.count - place)
      switch stream.integer(below: 5) {
      case 0: characters.removeSubrange(place..<place + length)
      case 1: characters.swapAt(place, stream.integer(below: characters.count))
      case 2:
        // Digits are not doubled: large numbers only cost time.
        let piece = characters[place..<place + length].filter { !$0.isNumber }
        characters.insert(contentsOf: piece, at: stream.integer(below: characters.count + 1))
      default:
        characters.insert(contentsOf: pieces[stream.integer(below: pieces.count)], at: place)
      }
    }
    return String(characters)
  }

  @Test("never trap, and every problem has a place")
  func mutations() {
    let faults = FaultCounter()
    DispatchQueue.concurrentPerform(iterations: 1000) { part in
      for number in 0..<100 {
        var stream = RandomStream(seed: 20_26, .cell, part, number)
        let text = Self.mutated(
          Self.recipes[stream.integer(below: Self.recipes.count)], using: &stream)
        var problems: [Problem] = []
        let node = RecipeReader().read(SourceText(text, file: "report.md"), problems: &problems)
        var isRead = false
        if let node {
          let context = RecipeContext(folder: "/nowhere", seed: 1, recipes: ["test": node])
          let (experiment, found) = ExperimentDecoder(context).decode(node, label: "test")
          problems += found
          isRead = experiment != nil
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        let arePlaced = problems.allSatisfy {
          $0.line >= 1 && $0.line <= lines && $0.column >= 1 && !$0.message.isEmpty && $0.file == "report.md"
        }
        let isSilent = problems.isEmpty && !isRead && node != nil
        if !arePlaced || isSilent { faults.note("\(problems.map(\.description))\n\(text)") }
      }
    }
    #expect(faults.found.isEmpty, "\(faults.found.first ?? "")")
  }
}

/// What went wrong, by several threads.
private final class FaultCounter: @unchecked Sendable {
  private let lock = NSLock()
  private var texts: [String] = []

  func note(_ text: String) { lock.withLock { texts.append(text) } }

  var found: [String] { lock.withLock { texts } }
}

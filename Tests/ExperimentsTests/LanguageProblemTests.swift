import Foundation
import Testing

@Suite("Problems of variants, series, parts, preparations and two networks")
struct LanguageProblemTests {
  /// Recipes, each with everything that is said about it.
  private static let cases: [(String, [String])] = [
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: {}, A: {}}",
      ["report.md:3:11: error: two variants are called \"A\""]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: [a, b]",
      [
        "report.md:3:11: error: \"variants\" must be a map from names to what each of them changes, not a list"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: {train.epochs: 5}, b: {trian.epochs: 5}}",
      ["report.md:3:38: error: unknown key \"trian\" in the recipe (did you mean \"train\"?)"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: 3}",
      [
        "report.md:3:15: error: \"a\" must be a map of paths and values, as in {train.epochs: 10}, not the number 3"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: {model.7.units: 5}}",
      [
        "report.md:3:16: error: \"7.units\" leads nowhere: the list there has 1 item (items are counted from 0)"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: {expect.x: 5}}",
      ["report.md:3:16: error: \"expect\" is the same for all variants"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\ntrain: {epochs: !each []}",
      [
        "report.md:3:23: error: \"!each\" must be a list of values, or a map from names to values, not an empty list"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\ntrain: {epochs: !each 3}",
      [
        "report.md:3:23: error: \"!each\" must be a list of values, or a map from names to values, not the number 3"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\ntrain: {epochs: !each [1, x]}",
      ["report.md:3:27: error: \"epochs\" must be a whole number, not \"x\""]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\ncompare: {test: wilcoxon}",
      [
        "report.md:3:10: error: the recipe compares, but has no variants (mark a value, as in train.optimizer: !each [adam, sgd])"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: {}, b: {}}\ncompare: {reference: c}",
      ["report.md:4:22: error: no variant is called \"c\" (did you mean \"a\"?)"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: {}, b: {}}\ncompare: {metrics: [acuracy]}",
      ["report.md:4:20: error: no value \"acuracy\" (did you mean \"accuracy\"?)"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: {}, b: {}}\ncompare: {test: wilcoxon}",
      [
        "report.md:4:17: error: a test of differences needs several scores of each variant (add seeds: 10, or validate: {k-fold: 5})"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nvariants: {a: {}, b: {}}\nseeds: 3\ncompare: {test: t}",
      ["report.md:5:17: error: \"test\" must be one of: corrected-t, wilcoxon, not \"t\""]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nseeds: 1",
      ["report.md:3:8: error: \"seeds\" must be between 2 and 1000, not 1"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nseeds: {count: 3, vary: [weight]}",
      [
        "report.md:3:26: error: \"vary\" must be one of: weights, shuffling, dropout, data, split, folds, search, all, not \"weight\" (did you mean \"weights\"?)"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nseeds: {vary: all}",
      ["report.md:3:8: error: seeds needs the key \"count\""]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nseeds: many",
      ["report.md:3:8: error: \"seeds\" must be a whole number, not \"many\""]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nlike: nobody",
      ["report.md:3:7: error: the document has no experiment \"nobody\" to be like"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\ntrain.epochs: 4",
      ["report.md:3:1: error: unknown key \"train.epochs\" in the recipe (did you mean \"train\"?)"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nforecast: {steps: 3}",
      [
        "report.md:3:11: error: forecast needs data that are windows of a series (as in data: {csv: sunspots.csv, series: sunspots, window: 24})"
      ]
    ),
    (
      "data: {csv: sun.csv, series: y, window: 3}\nmodel: [simple-rnn(2), dense(1)]\nforecast: {steps: 3, mode: direct}",
      ["report.md:3:19: error: \"steps\" must be at most the horizon of 1 when all come at once, not 3"]
    ),
    (
      "data: {csv: sun.csv, series: y, window: 3}\nmodel: [simple-rnn(2), dense(1)]\nsplit: {shuffle: true}",
      ["report.md:3:18: error: split.shuffle would shuffle a series, which is divided in time order"]
    ),
    (
      "data: {csv: sun.csv, series: y, window: 3}\nmodel: [simple-rnn(2), dense(1)]\nvalidate: {k-fold: 3}",
      [
        "report.md:3:20: error: k-fold would shuffle a series, which is divided in time order (as in validate: {time-series: 5})"
      ]
    ),
    (
      "data: {csv: sun.csv, series: y, window: 3}\nmodel: [simple-rnn(2), dense(1)]\nforecast: {mode: iterated}",
      ["report.md:3:11: error: forecast needs the key \"steps\""]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nexport: [folds]",
      ["report.md:3:9: error: \"export\" names folds, but the recipe has no validate"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nexport: [modell]",
      [
        "report.md:3:10: error: \"export\" must be one of: model, predictions, folds, not \"modell\" (did you mean \"model\"?)"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nsplit: {column: part}",
      ["report.md:3:17: error: data that are drawn have no parts of their own"]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nsplit: {column: part, test: 0.1}",
      [
        "report.md:3:17: error: data that are drawn have no parts of their own",
        "report.md:3:29: error: \"column\" and \"test\" exclude each other: both tell which examples are kept",
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nsplit: {mask: each}",
      ["report.md:3:15: error: \"mask\" must be one of: shared, per-replica, not \"each\""]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nsplit: {test: {csv: x.csv}}",
      ["report.md:3:15: error: data that are drawn have no parts of their own"]
    ),
    (
      "data: {csv: sun.csv, target: y}\nmodel: [dense(1)]\nsplit: {column: t}",
      [
        "report.md:3:17: error: the column \"t\" holds numbers, not the names of parts (parts are called train, validation and test)"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: [dense(3)]\nprepare: [standardize(targets: true)]",
      ["report.md:3:11: error: standardize cannot scale targets that are classes (leave out targets: true)"]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [smote]",
      ["report.md:3:11: error: smote balances classes, but the targets are numbers"]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [polynomial(20)]",
      [
        "report.md:3:11: error: products of 10 features up to degree 20 are more than 20000 columns (lower the degree, or multiply different features only: interactions: true)"
      ]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [pca(11)]",
      ["report.md:3:11: error: pca has 11 components, but there are only 10 features"]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [augment: [shift(1)]]",
      [
        "report.md:3:11: error: images are height × width × channels, but the features have the shape 10 (give the data a shape, as in shape: [8, 8, 1])"
      ]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [augment: [shft(1)]]",
      ["report.md:3:21: error: unknown augmentation \"shft\" (did you mean \"shift\"?)"]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [augment([])]",
      ["report.md:3:19: error: \"steps\" must be at least one, not []"]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [scale(1/0)]",
      ["report.md:3:17: error: \"factor\" must be finite and not 0, not 1/0"]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [scale(a/b)]",
      ["report.md:3:17: error: \"factor\" must be a number or a ratio such as 1/16, not \"a/b\""]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [bins(1)]",
      ["report.md:3:16: error: \"count\" must be between 2 and 1000, not 1"]
    ),
    (
      "data: {generate: friedman-1}\nmodel: [dense(1)]\nprepare: [impute(men)]",
      [
        "report.md:3:18: error: \"strategy\" must be one of: mean, median, most-frequent, constant, not \"men\" (did you mean \"mean\"?)"
      ]
    ),
    (
      "data: {csv: gaps.csv, target: y}\nmodel: [dense(2)]",
      ["report.md:1:7: error: the column \"a\" and 1 other lack values (prepare: [impute], or drop: [a])"]
    ),
    (
      "data: {csv: gaps.csv, target: y}\nmodel: [dense(2)]\nprepare: [one-hot, impute]",
      [
        "report.md:3:11: error: the column \"kind\" and 1 other lack values (prepare: [impute], or drop: [kind])"
      ]
    ),
    (
      "data: {csv: gaps.csv, target: y}\nmodel: [dense(2)]\nprepare: [impute, pca(1)]",
      [
        "report.md:3:19: error: the column \"kind\" holds text, and networks take numbers (prepare: [one-hot], or drop: [kind])"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: {recursive: {embedding: 4, merge: dense(4), head: dense(3)}}",
      ["report.md:2:9: error: recursive needs data that are trees (as in data: {generate: expression-trees})"]
    ),
    (
      "data: {generate: expression-trees}\nmodel: {recursive: {embedding: 4, merge: dense(5), head: dense(1)}}",
      ["report.md:2:8: error: layer 1, recursive, needs 4 numbers, but gets a value of shape 5"]
    ),
    (
      "data: {generate: expression-trees}\nmodel: {recursiv: {embedding: 4}}",
      ["report.md:2:9: error: unknown key \"recursiv\" in model (did you mean \"recursive\"?)"]
    ),
    (
      "data: {generate: blobs}\nmodel: {gan: {latent: normal(2), generator: [dense(3)], discriminator: [dense(1)]}}",
      ["report.md:2:14: error: the generator gives 3 numbers, but a sample of the data has 2"]
    ),
    (
      "data: {generate: blobs}\nmodel: {gan: {latent: normal(2), generator: [dense(2)], discriminator: [dense(2)]}}",
      ["report.md:2:14: error: the discriminator gives 2 numbers, but must give one: how real a sample is"]
    ),
    (
      "data: {generate: blobs}\nmodel: {gan: {latent: gauss(2), generator: [dense(2)], discriminator: [dense(1)]}}",
      ["report.md:2:23: error: unknown latent distribution \"gauss\" (known: normal, uniform)"]
    ),
    (
      "data: {generate: blobs}\nmodel: {gan: {latent: normal(2), generator: [dense(2)], discriminator: [dense(1)]}}\nvalidate: {k-fold: 3}",
      [
        "report.md:3:11: error: \"validate\" and \"gan\" exclude each other: a generator predicts nothing that could be scored so"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: {gan: {latent: normal(2), generator: [dense(2)], discriminator: [dense(1)]}}\ntrain: {optimizer: bfgs}",
      ["report.md:3:20: error: \"bfgs\" makes one loss small, and here are two"]
    ),
    (
      "data: {generate: blobs}\nmodel: {gan: {latent: normal(2), generator: [dense(2)], discriminator: [dense(1)]}}\nevaluate: [accuracy]",
      [
        "report.md:3:12: error: unknown metric of samples \"accuracy\" (known: energy-distance, sliced-wasserstein, mode-coverage)"
      ]
    ),
    (
      "data: {generate: blobs}\nmodel: {gan: {latent: normal(2), generator: [dense(2)], discriminator: [dense(1)]}}\nprepare: [augment: [noise]]",
      ["report.md:3:11: error: \"augment\" changes nothing for a generator"]
    ),
  ]

  /// A folder with a series and with a table that has gaps.
  private static let folder: String = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lectern-language-problems")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let series = "t,y\n" + (0..<40).map { "\($0),\($0 % 7)\n" }.joined()
    let gaps = "a,kind,y\n1,u,no\n,v,yes\n3,,no\n4,u,yes\n5,v,no\n6,u,yes\n7,v,no\n8,u,yes\n"
    for (name, text) in [("sun.csv", series), ("gaps.csv", gaps)] {
      try? Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    return folder.path
  }()

  @Test("are said in one sentence at their place", arguments: cases)
  func recipes(text: String, expected: [String]) {
    #expect(decode(text, folder: Self.folder).problems == expected)
  }

  @Test("Blocks that are like each other in a circle, or unlike any, are named")
  func inheritance() {
    let text = "like: other\nmodel: [dense(3)]"
    #expect(
      decode(text, recipes: ["other": "like: test\ndata: {generate: blobs}"]).problems
        == ["report.md:1:7: error: the experiment is like itself: test is like other is like test"])
    #expect(
      decode("like: othr\nmodel: [dense(3)]", recipes: ["other": "data: {generate: blobs}"]).problems
        == [
          "report.md:1:7: error: the document has no experiment \"othr\" to be like (did you mean \"other\"?)"
        ])
  }
}

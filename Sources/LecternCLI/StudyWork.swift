import ArgumentParser
import Components
import Execution
import Experiments
import Foundation
import Search
import Storage

/// A study that a document's experiment searches in, ready to be worked on.
struct StudyWork {
  let experiment: Experiment
  let runner: ExperimentRunner
  /// Its trials so far.
  let trials: [TrialRecord]
  private let objectives: Int
  private let name: String
  private let options: StudyOptions

  /// Finds the document of a study; throws if it is not there any more, or is wrong.
  init(_ name: String, _ options: StudyOptions, threads: Int?) throws {
    (self.name, self.options) = (name, options)
    let storage = try options.open()
    let study = try options.told { try storage.existingStudy(named: name) }
    trials = try options.told { try storage.trials(of: study) }
    objectives = study.directions.count
    guard case .text(let document)? = study.userAttributes["lectern:document"],
      case .text(let label)? = study.userAttributes["lectern:experiment"]
    else {
      throw ValidationError(
        "nothing is known of the document of \"\(name)\"; say `study: \(name)` in a recipe and render it")
    }
    let project = Project(of: FileManager.default.currentDirectoryPath)
    let path = "\(project.root)/\(document)"
    let pool = ThreadPool(threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let plan = try DocumentPath(path: path, name: document).plan(DocumentSettings(), pool: pool)
    guard let experiment = plan.experiments[label] else {
      throw ValidationError("\(document) has no experiment \"\(label)\" that could be computed")
    }
    self.experiment = experiment
    let home = ProjectStudies(folder: project.storage)
    runner = ExperimentRunner(pool: pool, keeper: SearchKeeper(home: home, document: document)) {
      ProgressLine.show(.experiment(label: label, $0), in: document)
    }
  }

  /// Carries out the search to its end and tells what it found.
  func run(trials: Int?) throws {
    let found = try told { try runner.search(named: name, of: experiment, trials: trials) }
    guard let (study, outcome) = found else { throw unknown }
    Terminal.clearProgress()
    let completed = outcome.trials.count { $0.state == .completed }
    print(
      "\(name): \(outcome.trials.count) trials, \(completed) completed, ended by \(outcome.ending.rawValue)")
    guard let best = study.best(of: outcome.trials) else { return }
    print("best: trial \(best.number) with \(best.value)")
    for (name, value) in study.space.recorded(best.assignment) { print("  \(name) = \(value.compactJSON)") }
  }

  /// Does the search again; throws an exit code if a trial comes out otherwise.
  func replay() throws {
    let known = try told { try trials.map { try $0.trial(in: experiment.space, objectives: objectives) } }
    guard let different = try told({ try runner.replay(known, named: name, of: experiment) }) else {
      throw ValidationError(
        "the study \"\(name)\" cannot be done again: its trials do not tell what their proposals knew, or the recipe of "
          + "\"\(experiment.label)\" does not search in it any more")
    }
    Terminal.clearProgress()
    guard different.isEmpty else {
      print(
        "\(name): \(different.count) of \(known.count) trials come out otherwise, the first is \(different[0])"
      )
      throw ExitCode(1)
    }
    print("\(name): all \(known.count) trials come out the same, bit for bit")
  }

  private var unknown: ValidationError {
    ValidationError("the recipe of \"\(experiment.label)\" does not search in the study \"\(name)\" any more")
  }

  private func told<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try options.told(body)
    } catch let error as any Explained {
      throw ValidationError(error.sentence + (error.hint.map { " (\($0))" } ?? ""))
    }
  }
}

/// `lectern study resume`.
struct StudyResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Continue a search where it stopped.",
    discussion: """
      The trials are those that the search would have had without the interruption, bit for bit. The report is written \
      by `lectern render`, which finds them.
      """)

  @Argument(help: "The study.")
  var name: String

  @OptionGroup var options: StudyOptions

  @Option(help: "The number of trials in all; that of the recipe unless given.")
  var trials: Int?

  @Option(help: "The most threads that compute; all cores unless given.")
  var threads: Int?

  func run() throws { try StudyWork(name, options, threads: threads).run(trials: trials) }
}

/// `lectern study worker`.
struct StudyWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Help with a search that other processes carry out.",
    discussion: """
      Any number of workers, on this machine or on others that reach the storage, share the folds of all trials: each \
      takes a lease on a fold and computes it, and a lease that is not renewed ends. The trials do not depend on who \
      computes what. A worker ends when the search has ended.
      """)

  @Argument(help: "The study.")
  var name: String

  @OptionGroup var options: StudyOptions

  @Option(help: "The number of trials in all, where it is not that of the recipe.")
  var trials: Int?

  @Option(help: "The most threads that compute; all cores unless given.")
  var threads: Int?

  func run() throws { try StudyWork(name, options, threads: threads).run(trials: trials) }
}

/// `lectern study replay`.
struct StudyReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Do a search again and compare all trials bit for bit.",
    discussion: """
      A free search, whose proposals know whatever has ended, is done again with what each of them knew. The exit \
      status is 1 if a trial comes out otherwise.
      """)

  @Argument(help: "The study.")
  var name: String

  @OptionGroup var options: StudyOptions

  @Option(help: "The most threads that compute; all cores unless given.")
  var threads: Int?

  func run() throws { try StudyWork(name, options, threads: threads).replay() }
}

import Components
import Datasets
import Foundation
import NeuralNetworks
import Search

/// Carries out searches whose trials are kept: for good under the name that a recipe gives, else until the search has
/// ended, so that one that was interrupted goes on.
public struct SearchKeeper: Sendable {
  /// The names under which a study notes what it belongs to.
  enum Attribute {
    /// The digest of everything that trials follow from but the space.
    static let recipe = "lectern:recipe"
    /// The document, below the project's root.
    static let document = "lectern:document"
    /// The label of the experiment.
    static let experiment = "lectern:experiment"
  }

  /// A search that takes less is not kept on the way: it is as fast done again.
  private static let patience = 2.0

  private let home: any StudyHome
  private let document: String

  /// Keeps the searches of a document.
  public init(home: any StudyHome, document: String) {
    self.home = home
    self.document = document
  }

  /// A search with the tasks of its trials, and who it belongs to.
  struct Job {
    var study: Study
    var tasks: TrialTasks
    var search: ResolvedSearch
    var experiment: Experiment
    var key: FitKey
    var pool: any WorkerPool
    var watcher: SearchWatcher?

    /// Runs the study.
    func run(recorded: [Trial] = [], recorder: (any StudyRecorder)? = nil) throws -> StudyOutcome {
      let watcher = watcher
      return try study.run(
        tasks, in: pool, recorded: recorded, recorder: recorder,
        progress: { trial in
          watcher?.observe(trial)
          return .goOn
        })
    }
  }

  /// The trials of a search, those that are kept already taken as they are.
  func outcome(of job: Job) throws -> StudyOutcome {
    var job = job
    job.study.earlier = try earlier(job)
    guard let name = job.search.plan.study else { return try unnamed(job) }
    let storage = try home.storage(at: job.search.plan.storage)
    let study = try storage.continuedStudy(
      named: job.experiment.studyName(name, job.key), directions: job.study.directions)
    let recorded = try recordedTrials(study, storage, job)
    try note(study, storage, job)
    let recorder = try home.recorder(
      of: study, in: storage, space: job.study.space, shares: job.study.knowledge != .all)
    return try job.run(recorded: recorded, recorder: recorder)
  }

  /// What is kept under the name of a search that has to be done; the trials of earlier studies that it knows from the start.
  private func earlier(_ job: Job) throws -> [Trial] {
    let names = job.search.plan.warmStart
    guard !names.isEmpty else { return [] }
    let storage = try home.storage(at: job.search.plan.storage)
    return try names.flatMap { name in
      let study = try storage.existingStudy(named: name)
      guard study.directions == job.study.directions else {
        throw StorageError.otherDirections(name, kept: study.directions, wanted: job.study.directions)
      }
      // Trials that lie elsewhere say nothing about this space.
      return try storage.trials(of: study).filter { $0.state == .completed || $0.state == .pruned }
        .compactMap { try? $0.trial(in: job.study.space, objectives: study.directions.count) }
    }
  }

  // MARK: Named studies

  /// The trials that a study has already; throws if they are those of another search.
  private func recordedTrials(_ study: StudyRecord, _ storage: any StudyStorage, _ job: Job) throws -> [Trial]
  {
    let recorded = try storage.recordedTrials(of: study, in: job.study.space)
    // Trials of other programs, such as Optuna's, are taken as they are.
    guard let recipe = study.userAttributes[Attribute.recipe] else { return recorded }
    guard recipe == .text(job.experiment.searchHash(job.key)) else {
      throw SearchError.studyOfAnotherRecipe(name: study.name)
    }
    if let trial = try deviation(recorded, job) {
      throw SearchError.trialDiffers(name: study.name, number: trial)
    }
    return recorded
  }

  /// Notes who a study belongs to.
  private func note(_ study: StudyRecord, _ storage: any StudyStorage, _ job: Job) throws {
    let notes = [
      (Attribute.recipe, job.experiment.searchHash(job.key)), (Attribute.document, document),
      (Attribute.experiment, job.experiment.label),
    ]
    for (key, text) in notes where study.userAttributes[key] != .text(text) {
      try storage.setAttribute(key, .text(text), isSystem: false, of: study)
    }
  }

  /// The number of a kept trial that comes out otherwise now; nil if the first one that ended comes out the same.
  ///
  /// It is computed again: so a change that no recipe shows, in data, in code or in this program, cannot mix old trials
  /// with new ones.
  private func deviation(_ recorded: [Trial], _ job: Job) throws -> Int? {
    let space = job.study.space
    let trial = recorded.first {
      $0.state == .completed && $0.training == nil && space.contains($0.assignment)
    }
    guard let trial else { return nil }
    let (tasks, full) = (job.tasks, job.tasks.fullResource)
    let parts = try job.pool.map(tasks.partCount) { part -> TrialTasks.Part? in
      let evaluation = Evaluation(
        trial: trial.number, assignment: trial.assignment, part: part, resource: full, fullResource: full)
      return try? tasks.evaluate(evaluation, resuming: nil)
    }
    let values = tasks.outcome(of: parts).values
    return values.map(\.bitPattern) == trial.values.map(\.bitPattern) ? nil : trial.number
  }

  // MARK: Searches without a name

  /// A search that is kept only while it lasts.
  ///
  /// What keeps it from being kept does not end it.
  private func unnamed(_ job: Job) throws -> StudyOutcome {
    let name = "unfinished: \(job.experiment.studyName("\(document)#\(job.experiment.label)", job.key))"
    let hash = job.experiment.searchHash(job.key)
    var recorded: [Trial] = []
    var left: (storage: any StudyStorage, study: StudyRecord)?
    if home.isFurnished, let storage = try? home.storage(at: nil), let study = try? storage.study(named: name)
    {
      let isSame = study.userAttributes[Attribute.recipe] == .text(hash)
      let trials = isSame ? try? storage.recordedTrials(of: study, in: job.study.space) : nil
      if let trials, try deviation(trials, job) == nil {
        recorded = trials
        left = (storage, study)
      } else {
        try? storage.delete(study)
      }
    }
    let (home, space, directions) = (home, job.study.space, job.study.directions)
    let recorder = PatientRecorder(patience: Self.patience, recorded: recorded) {
      let storage = try left?.storage ?? home.storage(at: nil)
      let study = try left?.study ?? storage.create(name, directions: directions)
      try note(study, storage, job)
      return (
        try home.recorder(of: study, in: storage, space: space, shares: false),
        { try storage.delete(study) }
      )
    }
    let outcome = try job.run(recorded: recorded, recorder: recorder)
    recorder.forget()
    if let left { try? left.storage.delete(left.study) }
    return outcome
  }
}

/// Keeps trials as soon as a search has lasted for some time, those before included.
private final class PatientRecorder: StudyRecorder, @unchecked Sendable {
  typealias Kept = (recorder: any StudyRecorder, delete: () throws -> Void)

  private let start = ContinuousClock.now
  private let patience: Duration
  private let open: () throws -> Kept
  private let lock = NSLock()
  private var waiting: [Int: Trial] = [:]
  private var kept: Kept?
  private var isLost = false

  init(patience: Double, recorded: [Trial], open: @escaping () throws -> Kept) {
    self.patience = .seconds(patience)
    self.open = open
    for trial in recorded { waiting[trial.number] = trial }
  }

  func record(_ trial: Trial) throws {
    lock.lock()
    defer { lock.unlock() }
    guard !isLost else { return }
    if let kept { return keep { try kept.recorder.record(trial) } }
    waiting[trial.number] = trial
    guard start.duration(to: .now) > patience else { return }
    keep {
      let opened = try open()
      kept = opened
      for number in waiting.keys.sorted() {
        if let trial = waiting[number] { try opened.recorder.record(trial) }
      }
      waiting = [:]
    }
  }

  /// Does what may fail; then nothing is kept any more.
  private func keep(_ body: () throws -> Void) {
    do { try body() } catch { isLost = true }
  }

  /// Removes what was kept, as the search has ended.
  func forget() { lock.withLock { try? kept?.delete() } }
}

extension Experiment {
  /// The name of one of its studies: variants, repetitions and folds have one each.
  func studyName(_ base: String, _ key: FitKey) -> String {
    var name = base
    if let variantName { name += " \(variantName)" }
    if repetition.number > 0 { name += " seed \(repetition.number + 1)" }
    if key.fold > 0 { name += " fold \(key.fold)" }
    return name
  }

  /// A digest of all that the trials of its search follow from: the recipe without what follows from trials and without
  /// the ranges of hyperparameters, so that a space may grow; the data, and the seeds.
  func searchHash(_ key: FitKey) -> String {
    var hash = ContentHash()
    hash.update(Self.searchText(recipe))
    hash.update(data.contentHash)
    hash.update("\(key)")
    for parameter in space.parameters { hash.update(parameter.name) }
    return hash.digest
  }

  private static func searchText(_ recipe: RecipeNode?) -> String {
    let outcomes: Set = [
      "show", "export", "expect", "compare", "diagnose", "learning-curve", "validation-curve", "forecast",
      "seeds",
      "variants",
    ]
    let limits: Set = [
      "trials", "evaluations", "timeout", "patience", "study", "storage", "importance", "ensemble",
    ]
    let parts = (recipe?.entries ?? []).filter { !outcomes.contains($0.key) }.map { entry -> String in
      guard entry.key == SearchSection.component.name else {
        return "\(entry.key): \(entry.value.masked.recipeText)"
      }
      let settings = entry.value.entries.filter { !limits.contains($0.key) }
      return settings.map { "search.\($0.key): \($0.value.recipeText)" }.joined(separator: "\n")
    }
    return parts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: "\n")
  }
}

extension RecipeNode {
  /// The node with nothing of its tags but that they stand there.
  fileprivate var masked: RecipeNode {
    switch kind {
    case .scalar: self
    case .tagged: RecipeNode(.scalar("!", isQuoted: false), at: position)
    case .list(let items): RecipeNode(.list(items.map(\.masked)), at: position)
    case .map(let entries):
      RecipeNode(
        .map(
          entries.map { entry in
            var entry = entry
            entry.value = entry.value.masked
            return entry
          }), at: position)
    case .call(let name, let arguments):
      RecipeNode(
        .call(
          name: name,
          arguments: arguments.map { argument in
            var argument = argument
            argument.value = argument.value.masked
            return argument
          }), at: position)
    }
  }
}

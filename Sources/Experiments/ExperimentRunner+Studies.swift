import Components
import Search

extension ExperimentRunner {
  /// Carries out the search of an experiment, without the fits behind it; nil if it has none.
  ///
  /// Of several variants or repetitions it is the first one's.
  public func search(_ experiment: Experiment) throws -> StudyOutcome? {
    guard let run = try experiment.runs().first, let search = run.search else { return nil }
    return try ExperimentRun(pool: pool, keeper: keeper, progress: progress).trials(
      of: search, run, on: run.parts().rest, key: run.key
    ).outcome
  }

  /// Carries out the search of an experiment that is kept under a name, with another number of trials if one is given.
  ///
  /// Gives the trials and how to rank them; nil if no search has the name.
  public func search(
    named name: String, of experiment: Experiment, trials: Int? = nil
  ) throws -> (study: Study, outcome: StudyOutcome)? {
    for run in try experiment.runs() {
      guard var search = run.search, let base = search.plan.study, run.studyName(base, run.key) == name else {
        continue
      }
      if let trials { search.plan.trials = trials }
      let watcher = progress.map { SearchWatcher(search, in: run.space, $0) }
      return try ExperimentRun(pool: pool, keeper: keeper, progress: progress).trials(
        of: search, run, on: run.parts().rest, key: run.key, watched: watcher)
    }
    return nil
  }

  /// Does a search again that is kept under a name, with what its proposals knew then, and gives the numbers of the trials
  /// that come out otherwise; nil if no search has the name or if its trials do not tell what they knew.
  public func replay(_ trials: [Trial], named name: String, of experiment: Experiment) throws -> [Int]? {
    for run in try experiment.runs() {
      guard let search = run.search, let base = search.plan.study, run.studyName(base, run.key) == name else {
        continue
      }
      let study = search.plan.study(
        in: run.space, directions: search.directions, seed: run.key.seed(for: .sampler))
      guard let replay = study.replaying(trials) else { return nil }
      let tasks = try TrialTasks(search, run, on: run.parts().rest, key: run.key)
      let found = try replay.run(tasks, in: pool).trials
      return zip(trials, found).filter { $0 != $1 }.map(\.0.number)
    }
    return nil
  }
}

extension Experiment {
  /// Whether one of its searches begins with trials of studies that another experiment keeps.
  package func needsStudies(of other: Experiment) -> Bool {
    let runs = ((try? runs()) ?? [], (try? other.runs()) ?? [])
    let needed = Set(runs.0.flatMap { $0.search?.plan.warmStart ?? [] })
    return runs.1.contains { run in
      run.search?.plan.study.map { needed.contains(run.studyName($0, run.key)) } ?? false
    }
  }
}

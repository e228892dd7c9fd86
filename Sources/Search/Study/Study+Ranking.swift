extension Study {
  /// The best trial of those that miss constraints least; the first of equals.
  public func best(of trials: [Trial]) -> Trial? { ranking(of: trials).first }

  /// The trials that were evaluated to the end, the best first: those that keep all constraints by their first objective,
  /// then the others by how much they miss.
  public func ranking(of trials: [Trial]) -> [Trial] {
    let whole = trials.filter { $0.state == .completed && !$0.value.isNaN }
    return whole.enumerated().sorted { a, b in
      let (first, second) = (a.element, b.element)
      if first.violation != second.violation { return first.violation < second.violation }
      if direction.isBetter(first.value, than: second.value) { return true }
      return direction.isBetter(second.value, than: first.value) ? false : a.offset < b.offset
    }.map(\.element)
  }

  /// The trials that no other is better than in every objective, in the order of their numbers.
  public func paretoFront(of trials: [Trial]) -> [Trial] {
    let whole = trials.filter { $0.state == .completed && !$0.values.contains { $0.isNaN } }
    let least = whole.map(\.violation).min()
    let kept = whole.filter { $0.violation == least }
    return kept.filter { trial in !kept.contains { dominates($0.values, trial.values) } }
  }

  /// Whether values are at least as good in every objective and better in one.
  private func dominates(_ first: [Double], _ second: [Double]) -> Bool {
    var isBetter = false
    for (index, direction) in directions.enumerated() {
      if direction.isBetter(second[index], than: first[index]) { return false }
      if direction.isBetter(first[index], than: second[index]) { isBetter = true }
    }
    return isBetter
  }
}

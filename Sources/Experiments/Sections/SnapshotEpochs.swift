/// The key `snapshots`: the epochs behind which a network is kept.
enum SnapshotEpochs {
  /// The epochs that are listed, or as many as one number says, evenly from the first to the last; 0 is before the first.
  static func epochs(_ listed: [Int], of last: Int) -> [Int] {
    guard listed.count == 1, let count = listed.first else { return listed.filter { $0 <= last } }
    guard count > 1 else { return count == 1 ? [last] : [] }
    return (0..<count).map { (last * $0 + (count - 1) / 2) / (count - 1) }
  }
}

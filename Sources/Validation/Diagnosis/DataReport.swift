import Datasets
import Tensors

/// What is noticeable about data before anything is learned.
public struct DataReport: Sendable, Hashable {
  /// Something noticeable.
  public struct Finding: Sendable, Hashable {
    /// What kind it is of.
    public var kind: Kind
    /// What was found, in words.
    public var text: String

    init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// Kinds of findings.
  public enum Kind: String, Sendable, CaseIterable {
    case missing, duplicates, inconsistent, constant, correlated, unbalanced, outliers, leakage
  }

  /// The number of examples.
  public let count: Int
  /// The number of features.
  public let featureCount: Int
  /// What was found, in the order of the kinds.
  public let findings: [Finding]

  /// Looks at data.
  public init(_ data: Dataset) {
    count = data.count
    featureCount = data.sampleShape.count
    // The rows of trees are no columns of one meaning.
    let columns = data.vocabulary == nil ? DataColumns(data) : nil
    var findings = columns.map(Self.gaps) ?? []
    findings += Self.duplicates(data)
    if let columns { findings += Self.relations(columns) }
    if let finding = Self.balance(data) { findings.append(finding) }
    if let columns { findings += Self.outliers(columns) + Self.leakage(columns, data) }
    self.findings = findings
  }

  /// At most three names, and how many there are beside them.
  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }

  private static func gaps(_ columns: DataColumns) -> [Finding] {
    let gaps = columns.all.compactMap { column -> String? in
      let missing = column.values.count { $0.isNaN }
      return missing > 0 ? "\(column.name) (\(missing))" : nil
    }
    return gaps.isEmpty ? [] : [Finding(.missing, "values are missing in \(list(gaps))")]
  }

  /// Examples whose features are the same bits, and those among them whose targets differ.
  private static func duplicates(_ data: Dataset) -> [Finding] {
    let targets = data.targetValues
    var first: [[UInt64]: Int] = [:]
    var (equal, inconsistent) = (0, 0)
    for row in 0..<data.count {
      let bits = data.inputs.row(row).map(\.bitPattern)
      guard let earlier = first[bits] else {
        first[bits] = row
        continue
      }
      equal += 1
      if Array(targets.row(earlier)) != Array(targets.row(row)) { inconsistent += 1 }
    }
    var findings: [Finding] = []
    if equal > 0 {
      findings.append(
        Finding(.duplicates, "\(equal) \(equal == 1 ? "example repeats" : "examples repeat") an earlier one"))
    }
    if inconsistent > 0 {
      findings.append(
        Finding(
          .inconsistent, "\(inconsistent) of the repeated examples have another target: a limit for any model"
        ))
    }
    return findings
  }

  /// Features that never change, and pairs that say nearly the same.
  private static func relations(_ columns: DataColumns) -> [Finding] {
    var findings: [Finding] = []
    let constant = columns.all.filter(\.isConstant).map(\.name)
    if !constant.isEmpty { findings.append(Finding(.constant, "\(list(constant)) never change")) }
    let numeric = columns.numeric.filter { !$0.isConstant }
    // The pairs of many columns, such as pixels, are neighbors: nothing worth a remark.
    guard numeric.count <= 100 else { return findings }
    var pairs: [String] = []
    for index in numeric.indices {
      for other in 0..<index
      where DataColumns.correlation(numeric[other].values, numeric[index].values).magnitude > 0.95 {
        pairs.append("\(numeric[other].name) and \(numeric[index].name)")
      }
    }
    if !pairs.isEmpty {
      findings.append(Finding(.correlated, "\(list(pairs)) are correlated by more than 0.95"))
    }
    return findings
  }

  /// What is noticeable about the shares of the classes.
  static func balance(_ data: Dataset) -> Finding? {
    guard let classes = data.classes, let names = data.classNames, names.count > 1 else { return nil }
    var counts = [Int](repeating: 0, count: names.count)
    for number in classes { counts[number] += 1 }
    let order = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
    guard let least = order.first, let most = order.last, counts[most] > 3 * counts[least] else { return nil }
    return Finding(
      .unbalanced,
      "the class \(names[least]) has \(counts[least]) examples, \(names[most]) has \(counts[most]): "
        + "accuracy says little")
  }

  /// Values farther from the quartiles than three times their distance (Tukey 1977).
  private static func outliers(_ columns: DataColumns) -> [Finding] {
    guard columns.numeric.count <= 100 else { return [] }
    let found = columns.numeric.compactMap { column -> String? in
      let values = column.values.filter(\.isFinite)
      let (low, high) = (Statistics.quantile(values, 0.25), Statistics.quantile(values, 0.75))
      let reach = 3 * (high - low)
      guard reach > 0 else { return nil }
      let far = values.count { $0 < low - reach || $0 > high + reach }
      return far > 0 ? "\(column.name) (\(far))" : nil
    }
    return found.isEmpty ? [] : [Finding(.outliers, "values lie far from the others in \(list(found))")]
  }

  /// Single features that tell the target alone: it may have been derived from them.
  private static func leakage(_ columns: DataColumns, _ data: Dataset) -> [Finding] {
    guard data.series == nil, data.count >= 20 else { return [] }
    let suspicious = columns.numeric.filter { column in
      guard !column.isConstant, column.values.allSatisfy(\.isFinite) else { return false }
      if let classes = data.classes {
        return DataColumns.separates(column.values, classes, count: data.outputCount)
      }
      let targets = data.targetValues
      return (0..<targets.columns).contains { output in
        let values = (0..<targets.rows).map { targets[$0, output] }
        return DataColumns.correlation(column.values, values).magnitude > 0.999
      }
    }
    guard !suspicious.isEmpty else { return [] }
    return [
      Finding(
        .leakage,
        "\(list(suspicious.map(\.name))) alone \(suspicious.count == 1 ? "tells" : "tell") the target: was it known before?"
      )
    ]
  }
}

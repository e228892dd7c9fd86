import Components

/// Where the values of a hyperparameter come from, as storages know it.
public enum StoredDistribution: Sendable, Hashable {
  case real(low: Double, high: Double, step: Double?, isLog: Bool)
  case integer(low: Int, high: Int, step: Int, isLog: Bool)
  /// Choices keep their types; nil is the null of JSON.
  case choice([RecordedValue?])
}

extension StoredDistribution {
  /// What a storage keeps of a distribution.
  ///
  /// A normal one becomes the interval that it stays in. Names of choices that read as numbers, booleans or null become
  /// what they read as.
  public init(_ distribution: Distribution) {
    switch distribution {
    case .real(let low, let high, let step, let isLog):
      self = .real(low: low, high: high, step: step, isLog: isLog)
    case .normal(let mean, let deviation):
      self = .real(low: mean - 4 * deviation, high: mean + 4 * deviation, step: nil, isLog: false)
    case .integer(let low, let high, let step, let isLog):
      self = .integer(low: low, high: high, step: step, isLog: isLog)
    case .choice(let names): self = .choice(names.map(Self.choice(named:)))
    }
  }

  /// The distribution of a search.
  public var distribution: Distribution {
    switch self {
    case .real(let low, let high, let step, let isLog):
      .real(low: low, high: high, step: step, isLog: isLog)
    case .integer(let low, let high, let step, let isLog):
      .integer(low: low, high: high, step: step, isLog: isLog)
    case .choice: .choice(choiceNames ?? [])
    }
  }

  /// The names of the choices, all different; nil for numbers.
  public var choiceNames: [String]? {
    guard case .choice(let choices) = self else { return nil }
    let plain = choices.map(Self.name(of:))
    let others = Set(zip(choices, plain).compactMap { choice, name in Self.isText(choice) ? nil : name })
    // A text that reads like another choice is set in quotes.
    return zip(choices, plain).map { choice, name in
      Self.isText(choice) && others.contains(name) ? RecordedValue.text(name).compactJSON : name
    }
  }

  /// What kind of values these are, in words.
  var kind: String {
    switch self {
    case .real: "a number"
    case .integer: "a whole number"
    case .choice: "a choice"
    }
  }

  private static func choice(named name: String) -> RecordedValue? {
    guard let value = try? PythonJSON.value(of: name) else { return name == "null" ? nil : .text(name) }
    switch value {
    case .integer, .boolean: return self.name(of: value) == name ? value : .text(name)
    case .real(let number): return number.isFinite && self.name(of: value) == name ? value : .text(name)
    case .text, .list, .object: return .text(name)
    }
  }

  private static func name(of choice: RecordedValue?) -> String {
    if case .text(let name) = choice { return name }
    return PythonJSON.text(choice)
  }

  private static func isText(_ choice: RecordedValue?) -> Bool {
    if case .text = choice { true } else { false }
  }
}

// The text of a distribution, as Optuna writes it into tables and journals.
extension StoredDistribution {
  /// The text.
  public var json: String {
    switch self {
    case .real(let low, let high, let step, let isLog):
      let step = step.map { PythonJSON.text(.real($0)) } ?? "null"
      return Self.json(
        "Float",
        "\"step\": \(step), \"low\": \(PythonJSON.text(.real(low))), "
          + "\"high\": \(PythonJSON.text(.real(high))), \"log\": \(isLog)")
    case .integer(let low, let high, let step, let isLog):
      return Self.json(
        "Int", "\"log\": \(isLog), \"step\": \(step), \"low\": \(low), \"high\": \(high)")
    case .choice(let choices):
      let texts = choices.map { PythonJSON.text($0) }
      return Self.json("Categorical", "\"choices\": [\(texts.joined(separator: ", "))]")
    }
  }

  private static func json(_ name: String, _ attributes: String) -> String {
    "{\"name\": \"\(name)Distribution\", \"attributes\": {\(attributes)}}"
  }

  /// Reads the text; the names that Optuna used before its third version are read, too.
  public init(json: String) throws {
    guard case .object(let object) = try PythonJSON.value(of: json), case .text(let name) = object["name"],
      case .object(let attributes) = object["attributes"]
    else { throw StorageError.unreadableValue(json) }
    let (low, high) = (attributes["low"]?.number, attributes["high"]?.number)
    // A null that stands in an object reads as no number.
    let step = (attributes["step"] ?? attributes["q"])?.number.flatMap { $0.isNaN ? nil : $0 }
    let isLog = attributes["log"] == .boolean(true) || name.contains("LogUniform")
    switch name {
    case "CategoricalDistribution":
      guard case .list(let choices) = attributes["choices"] else {
        throw StorageError.unreadableValue(json)
      }
      self = .choice(choices.map(Self.choice(read:)))
    case "IntDistribution", "IntUniformDistribution", "IntLogUniformDistribution":
      guard let low = low.flatMap({ Int(exactly: $0) }), let high = high.flatMap({ Int(exactly: $0) }),
        let step = Int(exactly: step ?? 1), step > 0, low <= high,
        !high.subtractingReportingOverflow(low).overflow
      else { throw StorageError.unreadableValue(json) }
      self = .integer(low: low, high: high, step: step, isLog: isLog)
    case "FloatDistribution", "UniformDistribution", "LogUniformDistribution",
      "DiscreteUniformDistribution":
      guard let low, let high, low <= high, low.isFinite, high.isFinite, (step ?? 1) > 0 else {
        throw StorageError.unreadableValue(json)
      }
      self = .real(low: low, high: high, step: step, isLog: isLog)
    default: throw StorageError.unreadableValue(json)
    }
  }

  /// A choice as it stands in a list, where null reads as no number.
  private static func choice(read value: RecordedValue) -> RecordedValue? {
    if case .real(let number) = value, number.isNaN { return nil }
    return value
  }
}

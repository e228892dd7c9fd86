import Components

/// A value that `results.json` can hold.
public protocol Recordable {
  /// The value as it is recorded.
  var recordedValue: RecordedValue { get }
}

extension Int: Recordable {
  /// The value itself, as results hold it.
  public var recordedValue: RecordedValue { .integer(self) }
}

extension Double: Recordable {
  /// The value itself, as results hold it.
  public var recordedValue: RecordedValue { .real(self) }
}

extension Float: Recordable {
  /// The value itself, as results hold it.
  public var recordedValue: RecordedValue { .real(Double(self)) }
}

extension Bool: Recordable {
  /// The value itself, as results hold it.
  public var recordedValue: RecordedValue { .boolean(self) }
}

extension String: Recordable {
  /// The value itself, as results hold it.
  public var recordedValue: RecordedValue { .text(self) }
}

extension RecordedValue: Recordable {
  /// The value itself, as results hold it.
  public var recordedValue: RecordedValue { self }
}

extension Array: Recordable where Element: Recordable {
  /// The value itself, as results hold it.
  public var recordedValue: RecordedValue { .list(map(\.recordedValue)) }
}

extension Dictionary: Recordable where Key == String, Value: Recordable {
  /// The value itself, as results hold it.
  public var recordedValue: RecordedValue { .object(mapValues(\.recordedValue)) }
}

/// Records a value under a name: `results.json` lists it, and the text can show it as `label.name`.
public func record(_ name: String, _ value: some Recordable) {
  CellProgram.send(.value(name: name, value.recordedValue))
}

/// States what must hold: the document fails if it does not.
public func expect(_ condition: Bool, _ text: String) {
  CellProgram.send(
    .expectation(text: text, actual: .boolean(condition), passed: condition, line: CellProgram.line))
}

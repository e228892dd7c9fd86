import Components

/// A value that `results.json` can hold.
public protocol Recordable {
  /// The value as it is recorded.
  var recordedValue: RecordedValue { get }
}

extension Int: Recordable {
  public var recordedValue: RecordedValue { .integer(self) }
}

extension Double: Recordable {
  public var recordedValue: RecordedValue { .real(self) }
}

extension Float: Recordable {
  public var recordedValue: RecordedValue { .real(Double(self)) }
}

extension Bool: Recordable {
  public var recordedValue: RecordedValue { .boolean(self) }
}

extension String: Recordable {
  public var recordedValue: RecordedValue { .text(self) }
}

extension RecordedValue: Recordable {
  public var recordedValue: RecordedValue { self }
}

extension Array: Recordable where Element: Recordable {
  public var recordedValue: RecordedValue { .list(map(\.recordedValue)) }
}

extension Dictionary: Recordable where Key == String, Value: Recordable {
  public var recordedValue: RecordedValue { .object(mapValues(\.recordedValue)) }
}

/// Records a value under a name: `results.json` lists it, and the text can show it as `label.name`.
public func record(_ name: String, _ value: some Recordable) {
  CellProgram.send(.value(name: name, value.recordedValue))
}

/// States what must hold: the document fails if it does not.
public func expect(_ condition: Bool, _ text: String) {
  CellProgram.send(.expectation(text: text, actual: .boolean(condition), passed: condition))
}

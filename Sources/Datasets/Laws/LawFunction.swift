/// A law that a program gives as a function: it equals itself alone.
///
/// Laws are evaluated where their points are made, by one thread at a time, so that cells need no functions that could be
/// called from several.
final class LawFunction: @unchecked Sendable, Hashable {
  let function: (ArraySlice<Double>) -> Double

  init(_ function: @escaping (ArraySlice<Double>) -> Double) { self.function = function }

  static func == (first: LawFunction, second: LawFunction) -> Bool { first === second }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

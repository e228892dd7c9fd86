/// How the values that a product starts from are laid out.
public enum OperandLayout: UInt8, Sendable, Codable {
  /// A value for every element of every sample.
  case full
  /// A value for every element, the same for all samples.
  case perElement
}

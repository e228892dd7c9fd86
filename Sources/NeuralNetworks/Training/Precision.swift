import Components

/// The numbers that a network computes with.
public enum Precision: String, NamedChoice {
  case float, double
}

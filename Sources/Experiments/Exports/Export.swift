import Components

/// What an experiment writes into files beside the report.
public enum Export: String, NamedChoice {
  /// The trained network, as safetensors.
  case model
  /// The predictions for every part, as CSV.
  case predictions
  /// The folds of the cross-validation with their predictions, as CSV.
  case folds
}

extension Experiment {
  /// The figures and tables among the shown ones that the recipe will have, by what can be known beforehand.
  public var expectedViews: [String] {
    shown.filter { name in
      switch name {
      case "fold-scores", "folds": splitter != nil
      case "search-history", "parameter-slices", "trials": search != nil
      case "closure-test", "closure-levels": closure != nil
      case "fit": data.inputs.columns == 1 && data.classes == nil && data.features[0].categories == nil
      case "loss-curves": template.extremes.contains { (try? strategy($0))?.settings.epochs ?? 1 > 1 }
      default: true
      }
    }
  }
}

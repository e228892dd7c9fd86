import Components
import Datasets

/// Checks that preparations go with the data and with each other, without learning anything.
struct PreparationCheck {
  private let recipe: RecipeNode

  init(_ recipe: RecipeNode) { self.recipe = recipe }

  /// What preparations make of data; what the first of them cannot take is a problem at its place.
  ///
  /// Networks take numbers, so that nothing may be missing and no category be left in the end.
  func outline(_ preparations: [any Preparation], of data: DataOutline) throws -> DataOutline {
    var outline = data
    for (index, preparation) in preparations.enumerated() {
      do throws(DatasetError) { outline = try preparation.outline(outline) } catch {
        throw Problem(error, at: position(ofPreparation: index))
      }
    }
    do throws(DatasetError) { try outline.requireNumbers() } catch {
      throw Problem(error, at: recipe["data"]?.position ?? recipe.position)
    }
    return outline
  }

  /// The place of a preparation in the recipe.
  func position(ofPreparation number: Int) -> SourcePosition {
    guard let list = recipe["prepare"] else { return recipe.position }
    guard case .list(let items) = list.kind, items.indices.contains(number) else { return list.position }
    return items[number].position
  }
}

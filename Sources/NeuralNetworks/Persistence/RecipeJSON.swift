import Components
import Foundation

/// A recipe's node as JSON: what the architecture of a saved network is written in.
indirect enum RecipeJSON: Codable, Hashable {
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([RecipeJSON])
  case map([String: RecipeJSON])

  /// A node without its places.
  init(_ node: RecipeNode) {
    switch node.kind {
    case .scalar(let text, let isQuoted):
      if !isQuoted, let truth = Bool(recipe: node) {
        self = .truth(truth)
      } else if !isQuoted, let number = Double(recipe: node), number.isFinite {
        self = .number(number)
      } else {
        self = .text(text)
      }
    case .list(let items): self = .list(items.map { RecipeJSON($0) })
    case .map(let entries):
      self = .map(Dictionary(entries.map { ($0.key, RecipeJSON($0.value)) }) { first, _ in first })
    case .call, .tagged: self = .text(node.recipeText)
    }
  }

  /// The node.
  var node: RecipeNode {
    switch self {
    case .truth(let value): RecipeNode(.scalar(value ? "true" : "false", isQuoted: false), at: .nowhere)
    case .number(let value): RecipeNode(.scalar(value.recipeText, isQuoted: false), at: .nowhere)
    case .text(let text): RecipeNode(.scalar(text, isQuoted: false), at: .nowhere)
    case .list(let items): RecipeNode(.list(items.map(\.node)), at: .nowhere)
    case .map(let entries):
      RecipeNode(
        .map(
          entries.sorted { $0.key < $1.key }.map {
            RecipeNode.Entry(key: $0.key, keyPosition: .nowhere, value: $0.value.node)
          }), at: .nowhere)
    }
  }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let truth = try? value.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let items = try? value.decode([RecipeJSON].self) {
      self = .list(items)
    } else {
      self = .map(try value.decode([String: RecipeJSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .truth(let truth): try value.encode(truth)
    case .number(let number):
      if let whole = Int(exactly: number) { try value.encode(whole) } else { try value.encode(number) }
    case .text(let text): try value.encode(text)
    case .list(let items): try value.encode(items)
    case .map(let entries): try value.encode(entries)
    }
  }
}

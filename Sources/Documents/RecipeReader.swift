import Components
import Yams

/// Reads YAML as a tree of nodes that keep their source text and their places.
///
/// Calls such as `dense(16, tanh)` and tags such as `!log-int [4, 64]` are part of the language; anchors,
/// merges and doubled keys are not.
package struct RecipeReader: Sendable {
  /// Whether `name(…)` is a call; front matter has none.
  package var readsCalls = true

  package init(readsCalls: Bool = true) { self.readsCalls = readsCalls }

  /// The tree of a text, nil if it is empty or cannot be read; what is wrong is added to the problems.
  package func read(_ source: SourceText, problems: inout [Problem]) -> RecipeNode? {
    let mask = YAMLMask(source, masksCalls: readsCalls)
    guard mask.problems.isEmpty else {
      problems += mask.problems.map { mistake(atLineOf: $0, source) ?? $0 }
      return nil
    }
    var hidden: [Range<Int>] = []
    while true {
      do {
        guard let root = try Yams.compose(yaml: mask.maskedText(hiding: hidden)) else { return nil }
        var conversion = NodeConversion(source: source, mask: mask)
        let node = try conversion.node(for: root)
        problems += conversion.problems
        return node
      } catch let YamlError.duplicatedKeysInMapping(_, context) {
        // The parser stops at the first of the two keys. With that one in disguise it reads on, and the tree shows
        // where the second stands.
        guard let key = keyToHide(at: context.mark, in: source, mask), !hidden.contains(key) else {
          problems.append(yamlProblem("a key is given twice", context.mark, source, mask))
          return nil
        }
        hidden.append(key)
      } catch let problem as Problem {
        problems.append(problem)
        return nil
      } catch {
        problems.append(syntaxProblem(error, source, mask))
        return nil
      }
    }
  }

  /// The character that hides a key: its first one inside quotes.
  private func keyToHide(at mark: Mark, in source: SourceText, _ mask: YAMLMask) -> Range<Int>? {
    var offset = mask.offset(line: mark.line, column: mark.column)
    guard offset < source.bytes.count else { return nil }
    if source.bytes[offset] == .doubleQuote || source.bytes[offset] == .singleQuote { offset += 1 }
    guard offset < source.bytes.count, source.bytes[offset].isAlphanumeric else { return nil }
    return offset..<offset + 1
  }

  private func syntaxProblem(_ error: any Error, _ source: SourceText, _ mask: YAMLMask) -> Problem {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      return yamlProblem(YAMLSentence.sentence(problem: problem, context: context?.text), mark, source, mask)
    case YamlError.reader(_, _, let value, _):
      let code = String(UInt32(bitPattern: value), radix: 16, uppercase: true)
      return Problem(
        DocumentError.yamlSyntax("the character U+\(code) is not allowed here"), at: source.position(at: 0))
    default:
      return Problem(DocumentError.yamlSyntax("the text is not YAML"), at: source.position(at: 0))
    }
  }

  /// What the author forgot on the line of a problem.
  private func mistake(atLineOf problem: Problem, _ source: SourceText) -> Problem? {
    let line = problem.line - source.firstLine
    guard (0..<source.lineCount).contains(line),
      let (error, column) = YAMLMistake.error(in: source.lineText(line))
    else { return nil }
    // A name behind & or * is meant for an anchor, which recipes do not have; *a text* with blanks is not.
    if case .unquotedBeginning(_, let mark, let quoted) = error,
      mark == "&" || mark == "*" && !quoted.contains(" ")
    {
      return nil
    }
    return Problem(error, at: SourcePosition(file: problem.file, line: problem.line, column: column))
  }

  private func yamlProblem(
    _ sentence: String, _ mark: Mark, _ source: SourceText, _ mask: YAMLMask
  ) -> Problem {
    var offset = mask.offset(line: mark.line, column: mark.column)
    // At its end the parser points behind the text.
    while offset > 0, source.bytes[offset...].allSatisfy(\.isWhitespace) { offset -= 1 }
    let problem = Problem(DocumentError.yamlSyntax(sentence), at: source.position(at: offset))
    return mistake(atLineOf: problem, source) ?? problem
  }
}

/// The way from the parser's nodes to ours.
private struct NodeConversion {
  let source: SourceText
  let mask: YAMLMask
  var problems: [Problem] = []

  mutating func node(for node: Node) throws(Problem) -> RecipeNode {
    let begin = node.mark.map { mask.offset(line: $0.line, column: $0.column) } ?? 0
    // The parser's mark of a tagged node is that of its tag.
    guard begin < source.bytes.count, source.bytes[begin] == UInt8(ascii: "!") else {
      return try untagged(node, at: begin)
    }
    var end = begin + 1
    while end < source.bytes.count, YAMLMask.belongsToName(source.bytes[end]) { end += 1 }
    let tag = source.bytes[begin + 1..<end].text
    while end < source.bytes.count, source.bytes[end].isWhitespace { end += 1 }
    return RecipeNode(.tagged(tag, try untagged(node, at: end)), at: source.position(at: begin))
  }

  private mutating func untagged(_ node: Node, at offset: Int) throws(Problem) -> RecipeNode {
    let position = source.position(at: offset)
    switch node {
    case .scalar(let scalar):
      if mask.calls[offset] != nil {
        var parser = CallParser(source, at: offset)
        return try parser.call()
      }
      let isQuoted = scalar.style != .plain && scalar.style != .any
      return RecipeNode(.scalar(YAMLMask.unmasked(scalar.string), isQuoted: isQuoted), at: position)
    case .sequence(let sequence):
      var items: [RecipeNode] = []
      for item in sequence { items.append(try self.node(for: item)) }
      return RecipeNode(.list(items), at: position)
    case .mapping(let mapping):
      return RecipeNode(.map(try entries(of: mapping)), at: position)
    case .alias(let alias):
      throw Problem(DocumentError.alias(alias.anchor.rawValue), at: position)
    }
  }

  private mutating func entries(of mapping: Node.Mapping) throws(Problem) -> [RecipeNode.Entry] {
    var entries: [RecipeNode.Entry] = []
    for (keyNode, valueNode) in mapping {
      let key = try node(for: keyNode)
      guard case .scalar(let text, _) = key.kind else {
        throw Problem(DocumentError.keyIsNoText, at: key.position)
      }
      if text == "<<" { throw Problem(DocumentError.mergeKey, at: key.position) }
      if let first = entries.first(where: { $0.key == text }) {
        problems.append(
          Problem(DocumentError.duplicateKey(text, firstLine: first.keyPosition.line), at: key.position))
        continue
      }
      entries.append(
        RecipeNode.Entry(key: text, keyPosition: key.position, value: try node(for: valueNode)))
    }
    return entries
  }
}

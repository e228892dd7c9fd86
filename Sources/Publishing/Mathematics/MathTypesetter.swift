import Components
import Documents
import Foundation
import Synchronization

/// Typesets TeX as HTML and MathML with KaTeX.
///
/// Every formula is typeset once: those of a process are remembered, and those of a project are kept by their content in
/// its folder, so that an unchanged document loads no library. New ones are shared out among engines, one a core.
package struct MathTypesetter: Sendable {
  /// A formula's HTML, or what is wrong with it.
  package typealias Outcome = Result<String, PublishingError>

  /// Where formulas are kept; nil keeps them no longer than the process.
  private let store: FormulaStore?
  private let engineCount: Int

  /// A typesetter that keeps formulas in a file and uses so many engines at most.
  package init(file: String? = nil, engines: Int = ProcessInfo.processInfo.activeProcessorCount) {
    store = file.map(FormulaStore.store(at:))
    engineCount = max(1, min(engines, Self.engines.count))
  }

  /// The version of KaTeX, as its file says it.
  package static func version() throws(PublishingError) -> String {
    let mark = "version:\""
    let script = try library().script
    guard let begin = script.range(of: mark) else { return "" }
    return String(script[begin.upperBound...].prefix { $0 != "\"" })
  }

  /// The HTML of each formula, in order.
  package func typeset(
    _ formulas: [Formula], macros: [FrontMatter.MathMacro] = []
  ) throws(PublishingError) -> [Outcome] {
    guard !formulas.isEmpty else { return [] }
    let macroText = RecordedValue.object(
      Dictionary(macros.map { ($0.name, .text($0.body)) }, uniquingKeysWith: { _, last in last })
    ).compactJSON
    let keys = formulas.map { Key(tex: $0.tex, isDisplay: $0.isDisplay, macros: macroText) }
    var known = Self.cache.withLock { cache in
      Dictionary(
        keys.compactMap { key in cache[key].map { (key, $0) } }, uniquingKeysWith: { first, _ in first })
    }
    var missing: [Key] = []
    var isListed: Set<Key> = []
    for key in keys where known[key] == nil && isListed.insert(key).inserted {
      if let kept = try store?[Self.digest(of: key)] {
        known[key] = .success(kept)
      } else {
        missing.append(key)
      }
    }
    var new: [(key: String, html: String)] = []
    for (key, outcome) in zip(missing, try typeset(missing)) {
      known[key] = outcome
      if case .success(let html) = outcome { new.append((try Self.digest(of: key), html)) }
    }
    store?.add(new)
    Self.cache.withLock { cache in cache.merge(known) { first, _ in first } }
    return keys.map { known[$0] ?? .failure(.badFormula("the formula was not typeset")) }
  }

  // MARK: Engines

  /// Shares formulas out among the engines; which one typesets a formula changes nothing.
  private func typeset(_ keys: [Key]) throws(PublishingError) -> [Outcome] {
    guard !keys.isEmpty else { return [] }
    // An engine that has to be loaded first is worth it for some formulas only.
    let count = max(1, min(engineCount, keys.count / Self.fewestFormulas))
    guard count > 1 else { return try Self.typeset(keys, engine: 0) }
    let results = Mutex([Result<[Outcome], PublishingError>?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let own = stride(from: number, to: keys.count, by: count).map { keys[$0] }
      let result = Result { () throws(PublishingError) in try Self.typeset(own, engine: number) }
      results.withLock { $0[number] = result }
    }
    var shares: [[Outcome]] = []
    for result in results.withLock({ $0 }) { shares.append(try result?.get() ?? []) }
    return keys.indices.map { index in
      let share = shares[index % count]
      return share.indices.contains(index / count)
        ? share[index / count] : .failure(.badFormula("the formula was not typeset"))
    }
  }

  private static let fewestFormulas = 24

  private static func typeset(_ keys: [Key], engine: Int) throws(PublishingError) -> [Outcome] {
    try engines[engine].call(
      "typeset", keys.map { [$0.tex, $0.isDisplay ? "true" : "false", $0.macros] }
    ).map(outcome)
  }

  /// One a core; each loads the library when it is first used.
  private static let engines = (0..<max(1, ProcessInfo.processInfo.activeProcessorCount)).map { _ in
    ScriptEngine(name: "KaTeX", file: SystemFiles.katex, prelude: prelude)
  }

  /// Duktape knows the language of 2009 and a little more; KaTeX's matrices want this of 2015.
  private static let prelude = """
    if (!Array.prototype.fill) Array.prototype.fill = function (value) {
      for (var index = 0; index < this.length; index += 1) this[index] = value;
      return this;
    };
    function typeset(tex, isDisplay, macros) {
      try {
        return "+" + katex.renderToString(tex, {
          displayMode: isDisplay === "true", output: "htmlAndMathml", throwOnError: true,
          strict: "ignore", trust: false, maxExpand: 1000, macros: JSON.parse(macros)
        });
      } catch (error) { return "-" + error.message; }
    }
    function katexVersion() { return katex.version; }
    """

  // MARK: What is kept

  private struct Key: Hashable {
    var tex: String
    var isDisplay: Bool
    var macros: String
  }

  private static let cache = Mutex<[Key: Outcome]>([:])

  /// KaTeX's file and its digest: another version typesets otherwise.
  private static func library() throws(PublishingError) -> (script: String, digest: String) {
    if let known = loadedLibrary.withLock({ $0 }) { return known }
    let data = try SystemFiles.bytes(of: SystemFiles.katex)
    let loaded = (script: String(decoding: data, as: UTF8.self), digest: ContentHash.sha256(data))
    loadedLibrary.withLock { $0 = loaded }
    return loaded
  }

  private static let loadedLibrary = Mutex<(script: String, digest: String)?>(nil)

  /// The digest of everything that decides how a formula looks.
  private static func digest(of key: Key) throws(PublishingError) -> String {
    let content = "\(try library().digest)\n\(key.isDisplay)\n\(key.macros)\n\(key.tex)"
    return ContentHash.sha256(Data(content.utf8))
  }

  private static func outcome(_ text: String) -> Outcome {
    if text.hasPrefix("+") { return .success(String(text.dropFirst())) }
    // KaTeX underlines the place with combining characters, which a terminal shows badly.
    var message = String(text.dropFirst().unicodeScalars.filter { $0.value != 0x332 })
    if message.hasPrefix("KaTeX parse error: ") { message.removeFirst("KaTeX parse error: ".count) }
    return .failure(.badFormula("the formula cannot be read: " + message))
  }
}

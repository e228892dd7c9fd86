import Execution
import Testing

@Suite("Splitting Swift cells into statements")
struct StatementSplitterTests {
  private static func texts(_ source: String) -> [String] {
    StatementSplitter.statements(of: source).map(\.text)
  }

  @Test("A statement a line, at its line and column")
  func lines() {
    #expect(
      StatementSplitter.statements(of: "let a = 1\n\n  print(a)\n") == [
        SwiftStatement(kind: .variableDeclaration, firstLine: 0, column: 0, text: "let a = 1"),
        SwiftStatement(kind: .expression, firstLine: 2, column: 2, text: "print(a)"),
      ])
  }

  @Test(
    "What goes on over several lines is one statement",
    arguments: [
      "numbers\n  .filter { $0 > 1 }\n  .map { $0 * 2 }\n  .count",
      "let sum = a +\n  b",
      "let sum = a\n  + b",
      "let x =\n  3",
      "let text = flag\n  ? \"a\"\n  : \"b\"",
      "f(\n  1,\n  2\n)",
      "[\n  1,\n  2,\n]",
      "let a = 1,\n  b = 2",
      "if a {\n  b()\n} else {\n  c()\n}",
      "if a {\n  b()\n}\nelse if c {\n  d()\n}\nelse {\n  e()\n}",
      "do {\n  try f()\n} catch {\n  g()\n}",
      "do {\n  try f()\n}\ncatch {\n  g()\n}",
      "repeat {\n  i += 1\n} while i < 3",
      "repeat {\n  i += 1\n}\nwhile i < 3",
      "for x in [1, 2] where x > 1 {\n  print(x)\n}",
      "func f(_ x: Int)\n  -> Int\n{\n  x\n}",
      "func f<T>(_ x: T) -> T\nwhere T: Equatable {\n  x\n}",
      "struct Point: Equatable\n{\n  var x = 0\n}",
      "guard let x = y else {\n  fatalError()\n}",
      "switch x {\ncase 1: print(1)\ndefault: break\n}",
      "@MainActor\nfunc f() {}",
      "@discardableResult func f() -> Int { 3 }",
      "let x = y\n  as? Int",
      "#if os(Linux)\nlet x = 1\n#else\nlet x = 2\n#endif",
      "UIView.animate {\n  a()\n} completion: {\n  b()\n}",
      "let network = Sequential {\n  Dense(20)\n  Dense(1)\n}",
      "let network = Sequential { Dense(20, activation: .tanh); Dense(1) }",
      "let f = { (x: Double) in x.squareRoot() * (1 - x) }",
      "let f: (Int) -> Int = {\n  let y = $0\n  return y * 2\n}",
      "try await Task.sleep(\n  nanoseconds: 1)",
      "let value = try\n  f()",
      "\"\"\"\nfirst\n  \"second\" \\(a + \"}\")\n\"\"\"",
      "#\"raw \" \\(not) \"#",
      "print(\"a \\(f(\"b)\")) }\")",
      "#/[(]{2}/#",
      "/* a { /* nested } */ still */ let x = 1",
    ])
  func one(_ source: String) {
    #expect(Self.texts(source).count == 1, "\(Self.texts(source))")
  }

  @Test(
    "What ends at a line's end is a statement of its own",
    arguments: [
      ("let a = 1; let b = 2; print(a)", ["let a = 1", "let b = 2", "print(a)"]),
      ("let a = b!\nprint(a)", ["let a = b!", "print(a)"]),
      ("let a = b?.c\n-a", ["let a = b?.c", "-a"]),
      ("var i = 0\ni += 1\ni", ["var i = 0", "i += 1", "i"]),
      ("print(a) // with a { in a comment\nprint(b)", ["print(a)", "print(b)"]),
      ("let f = { $0 + 1 }\nf(2)", ["let f = { $0 + 1 }", "f(2)"]),
      ("if a { b() }\nc()", ["if a { b() }", "c()"]),
      ("struct A {}\nstruct B {}", ["struct A {}", "struct B {}"]),
      ("let r = 0...3\nr.count", ["let r = 0...3", "r.count"]),
      ("let a = [1, 2]\n[3, 4].count", ["let a = [1, 2]", "[3, 4].count"]),
      ("x\n/* between */\ny", ["x", "y"]),
      ("let x: Int?\nx = 3", ["let x: Int?", "x = 3"]),
      ("\"a\"\n\"b\"", ["\"a\"", "\"b\""]),
      ("return\nx", ["return", "x"]),
      ("", []), ("\n  \n// only a comment\n", []),
    ])
  func several(_ source: String, _ expected: [String]) {
    #expect(Self.texts(source) == expected)
  }

  @Test(
    "Statements are of the kind that their first word tells",
    arguments: [
      ("import Foundation", .importDeclaration), ("@preconcurrency import Foundation", .importDeclaration),
      ("struct A {}", .typeDeclaration), ("final class A {}", .typeDeclaration),
      ("enum A { case b }", .typeDeclaration),
      ("private indirect enum A { case b }", .typeDeclaration), ("protocol P {}", .typeDeclaration),
      ("actor A {}", .typeDeclaration), ("typealias A = Int", .typeDeclaration),
      ("@frozen public struct A {}", .typeDeclaration),
      ("@available(macOS 13, *) struct A {}", .typeDeclaration),
      ("extension Int {}", .extensionDeclaration),
      ("func f() {}", .functionDeclaration),
      ("@discardableResult\nfunc f() -> Int { 1 }", .functionDeclaration),
      ("prefix operator +++", .functionDeclaration),
      ("let a = 1", .variableDeclaration), ("var a: Int { 3 }", .variableDeclaration),
      ("lazy var a = 1", .variableDeclaration), ("let (a, b) = (1, 2)", .variableDeclaration),
      ("if a { b }", .control), ("for a in b {}", .control), ("while a {}", .control), ("do {}", .control),
      ("switch a { default: break }", .control), ("guard a else { return }", .control), ("throw a", .control),
      ("defer { a() }", .control), ("return", .control), ("#if DEBUG\n#endif", .control),
      ("a = 1", .control), ("a += 1", .control), ("a[0] = 1", .control), ("(a, b) = (b, a)", .control),
      ("a.b >>= 2", .control), ("_ = f()", .control),
      ("a == b", .expression), ("a <= b", .expression), ("a !== b", .expression), ("a >= b", .expression),
      ("f(a: { b = 1 })", .expression), ("f { $0 = 1 }", .expression), ("try f()", .expression),
      ("await f()", .expression), ("a ? b : c", .expression), ("[1: 2]", .expression),
      ("\"a = b\"", .expression),
      ("{ $0 }(1)", .expression), ("-a", .expression), ("\\A.b", .expression), (".init(3)", .expression),
      ("final", .expression), ("`let`.count", .expression),
    ] as [(String, SwiftStatement.Kind)])
  func kinds(_ source: String, _ kind: SwiftStatement.Kind) {
    #expect(StatementSplitter.statements(of: source).map(\.kind) == [kind])
  }

  @Test("Only declarations go to file scope, and only what happens notes its line")
  func roles() {
    let kinds = StatementSplitter.statements(of: "import A\nstruct B {}\nfunc f() {}\nlet c = 1\nf()")
    #expect(kinds.map(\.isFileScope) == [true, true, false, false, false])
    #expect(kinds.map(\.runs) == [false, false, false, true, true])
  }

  @Test(
    "A bracket without a partner is found",
    arguments: [
      ("f(1)", nil), ("let a = [1, 2\nprint(a)", "1:9 [ open"),
      ("for i in 1...3 {\n  print(i)\n", "1:16 { open"),
      ("let a = 1\n}\n", "2:1 } closes"), ("f(1]", "1:2 ( open"), ("\"{\" // {\n#\"(\"#", nil),
    ])
  func brackets(_ source: String, _ expected: String?) {
    let found = StatementSplitter.unbalancedBracket(in: source)
    let text = found.map { "\($0.line + 1):\($0.column + 1) \($0.text) \($0.isOpening ? "open" : "closes")" }
    #expect(text == expected)
  }
}

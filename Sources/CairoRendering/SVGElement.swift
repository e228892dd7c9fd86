/// An element of an SVG document, with its attributes in their order.
struct SVGElement: Equatable {
  /// A name with its value.
  struct Attribute: Equatable {
    var name: String
    var value: String
  }

  var name: String
  var attributes: [Attribute] = []
  var children: [SVGElement] = []
  /// The text within, not escaped.
  var text = ""

  /// The value of an attribute; nil where there is none.
  subscript(name: String) -> String? {
    get { attributes.first { $0.name == name }?.value }
    set {
      let index = attributes.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): attributes[index].value = value
      case (let index?, nil): attributes.remove(at: index)
      case (nil, let value?): attributes.append(Attribute(name: name, value: value))
      case (nil, nil): break
      }
    }
  }

  /// An element with attributes.
  init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String = "") {
    self.name = name
    self.attributes = attributes.map { Attribute(name: $0.key, value: $0.value) }
    self.text = text
  }

  /// Reads the document that Cairo writes: elements and attributes, no text.
  init(parsing document: String) {
    var open = [SVGElement("")]
    for piece in document.split(separator: "<") {
      guard let end = piece.lastIndex(of: ">"), let first = piece.first, first != "?", first != "!" else {
        continue
      }
      let body = piece[..<end]
      if first == "/" {
        SVGElement.close(&open)
        continue
      }
      let isEmpty = body.hasSuffix("/")
      open.append(SVGElement(tag: isEmpty ? body.dropLast() : body))
      if isEmpty { SVGElement.close(&open) }
    }
    self = open[0].children.first ?? SVGElement("svg")
  }

  private static func close(_ open: inout [SVGElement]) {
    guard open.count > 1 else { return }
    let element = open.removeLast()
    open[open.count - 1].children.append(element)
  }

  private init(tag: Substring) {
    let name = tag.prefix { $0 != " " && $0 != "\n" }
    self.init(String(name))
    var rest = tag.dropFirst(name.count)
    while let equals = rest.firstIndex(of: "=") {
      let key = rest[..<equals].filter { $0 != " " && $0 != "\n" }
      let quoted = rest[rest.index(after: equals)...].dropFirst()
      let value = quoted.prefix { $0 != "\"" }
      attributes.append(Attribute(name: String(key), value: String(value)))
      rest = quoted.dropFirst(value.count + 1)
    }
  }

  /// The element as text, each child of the outer elements on a line.
  func serialized(depth: Int = 0) -> String {
    var result = "<\(name)"
    for attribute in attributes { result += " \(attribute.name)=\"\(SVGElement.escaped(attribute.value))\"" }
    if children.isEmpty, text.isEmpty { return result + "/>" }
    result += ">" + SVGElement.escaped(text)
    let breaks = depth < 2 && !children.isEmpty
    for child in children { result += (breaks ? "\n" : "") + child.serialized(depth: depth + 1) }
    return result + (breaks ? "\n" : "") + "</\(name)>"
  }

  private static func escaped(_ text: String) -> String {
    guard text.contains(where: { "&<>\"".contains($0) }) else { return text }
    return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

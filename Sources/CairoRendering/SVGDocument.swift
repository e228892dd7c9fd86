import Plotting

/// Cairo's SVG, rewritten to stand in a page: ids numbered anew, coordinates rounded, colors from the page.
package struct SVGDocument {
  private let root: SVGElement
  private let id: String

  /// A document that Cairo wrote, for a figure of a label.
  package init(text: String, id: String) {
    root = SVGElement(parsing: text)
    self.id = id
  }

  /// The document as an `svg` element with its title, description and places for the pointer.
  package func inlined(_ drawing: Drawing, title: String, description: String) -> String {
    let width = drawing.width.coordinateText
    let height = drawing.height.coordinateText
    var result = SVGElement(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "lectern-figure", "viewBox": "0 0 \(width) \(height)",
        "style": "width:100%;max-width:\(width)pt;height:auto", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-desc", "fill": "none", "stroke-linejoin": "round",
      ])
    result.children = [
      SVGElement("title", ["id": "\(id)-title"], text: title),
      SVGElement("desc", ["id": "\(id)-desc"], text: description),
    ]
    result.children += content()
    if let layer = hoverLayer(drawing.hovers) { result.children.append(layer) }
    return result.serialized() + "\n"
  }

  private func content() -> [SVGElement] {
    var names = Names(prefix: id)
    let definitions = root.children.filter { $0.name == "defs" }.flatMap(\.children).flatMap {
      $0.name == "g" ? $0.children : [$0]
    }
    let blank = definitions.filter { isGlyph($0) && ($0.children.first?["d"] ?? "").isEmpty }
    let blankReferences = blank.compactMap { $0["id"].map { "#\($0)" } }
    var clips = Clips()
    let body = root.children.filter { $0.name != "defs" }.flatMap {
      $0.name == "g" && $0["id"] != nil ? $0.children : [$0]
    }
    clips.read(definitions)
    let shapes = merged(
      body.compactMap { rewritten($0, without: blankReferences, clips, &names) })
    var kept: [SVGElement] = []
    for definition in definitions {
      guard let old = definition["id"], let new = names.known(old) else { continue }
      var element = isGlyph(definition) ? definition.children.first ?? definition : definition
      if isGlyph(definition) {
        element = SVGElement("path", ["id": new, "d": SVGPath.shortened(element["d"] ?? "")])
      } else {
        element["id"] = new
        element.children = element.children.map {
          SVGElement("path", ["d": SVGPath.shortened($0["d"] ?? "")])
        }
      }
      kept.append(element)
    }
    var defs = SVGElement("defs")
    defs.children = kept
    return (kept.isEmpty ? [] : [defs]) + shapes
  }

  /// Cairo 1.16 defines glyphs as symbols, 1.18 as groups.
  private func isGlyph(_ definition: SVGElement) -> Bool {
    definition.name == "symbol" || definition.name == "g"
  }

  /// An element with short attributes and new names; nil if it draws nothing.
  private func rewritten(
    _ element: SVGElement, without blank: [String], _ clips: Clips, _ names: inout Names
  ) -> SVGElement? {
    var result = SVGElement(element.name)
    // Cairo 1.16 writes a style, 1.18 an attribute for each of its declarations.
    var declarations: [String] = []
    for attribute in element.attributes {
      switch attribute.name {
      case "xlink:href", "href":
        if blank.contains(attribute.value) { return nil }
        result["href"] = "#" + names.new(String(attribute.value.dropFirst()))
      case "clip-path":
        let old = attribute.value.dropFirst(5).dropLast()
        result["clip-path"] = "url(#\(names.new(clips.first(like: String(old)))))"
      case "style":
        declarations.append(attribute.value)
      case "d": result["d"] = SVGPath.shortened(attribute.value)
      case "clip-rule", "id": break
      case "x", "y", "width", "height":
        result[attribute.name] = Double(attribute.value)?.coordinateText ?? attribute.value
      case let name where name.hasPrefix("fill") || name.hasPrefix("stroke"):
        declarations.append("\(name):\(attribute.value)")
      default: result[attribute.name] = attribute.value
      }
    }
    let style = SVGStyle.shortened(declarations.joined(separator: ";"))
    if !style.isEmpty { result["style"] = style }
    let children = element.children.compactMap { rewritten($0, without: blank, clips, &names) }
    guard element.children.isEmpty || !children.isEmpty else { return nil }
    result.children = merged(children)
    return result
  }

  /// Neighboring groups with the same attributes as one.
  private func merged(_ elements: [SVGElement]) -> [SVGElement] {
    var result: [SVGElement] = []
    for element in elements {
      if element.name == "g", let last = result.last, last.name == "g", last.attributes == element.attributes
      {
        result[result.count - 1].children += element.children
      } else {
        result.append(element)
      }
    }
    return result
  }

  private func hoverLayer(_ hovers: [Hover]) -> SVGElement? {
    guard !hovers.isEmpty else { return nil }
    var layer = SVGElement("g", ["class": "lectern-hover", "fill": "transparent"])
    layer.children = hovers.map { hover in
      var element: SVGElement
      switch hover.area {
      case .near(let point):
        element = SVGElement(
          "circle",
          [
            "cx": point.x.coordinateText, "cy": point.y.coordinateText,
            "r": Drawing.hoverRadius.coordinateText,
          ])
      case .inside(let area):
        element = SVGElement(
          "rect",
          [
            "x": area.x.coordinateText, "y": area.y.coordinateText, "width": area.width.coordinateText,
            "height": area.height.coordinateText,
          ])
      }
      element.children = [SVGElement("title", text: hover.title)]
      return element
    }
    return layer
  }
}

/// New names for ids, numbered in the order in which they are used.
private struct Names {
  let prefix: String
  private var numbers: [String: Int] = [:]

  init(prefix: String) { self.prefix = prefix }

  mutating func new(_ old: String) -> String {
    let number = numbers[old] ?? numbers.count + 1
    numbers[old] = number
    return "\(prefix)-\(number)"
  }

  func known(_ old: String) -> String? { numbers[old].map { "\(prefix)-\($0)" } }
}

/// Clip paths by what they clip: Cairo writes one for every shape.
private struct Clips {
  private var paths: [(id: String, path: String)] = []

  mutating func read(_ definitions: [SVGElement]) {
    paths = definitions.filter { $0.name == "clipPath" }.compactMap { clip in
      clip["id"].map { ($0, clip.children.first?["d"] ?? "") }
    }
  }

  /// The first clip path with the same outline.
  func first(like id: String) -> String {
    guard let path = paths.first(where: { $0.id == id })?.path else { return id }
    return paths.first { $0.path == path }?.id ?? id
  }
}

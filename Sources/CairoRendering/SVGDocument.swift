import Plotting

/// Cairo's SVG, rewritten to stand in a page: ids numbered anew, coordinates rounded, colors from the page.
///
/// Cairo's elements are groups with a clip path, and paths; texts, images and masks take the places of paths that
/// were drawn in their colors.
package struct SVGDocument {
  private let bytes: UnsafeRawBufferPointer
  private let id: String
  private let insertions: [SVGInsertion]
  private var body = SVGText()
  /// Clip paths of Cairo's ids; it writes one for every shape.
  private var clips: [(id: Range<Int>, path: Range<Int>)] = []
  /// The clip paths in use, in their order, as indices into `clips`.
  private var usedClips: [Int] = []
  private var open = Group()

  /// The group that the next element may join.
  private struct Group: Equatable {
    /// A clip path.
    var clip: Int?
    /// Whether edges stay on pixels, so that areas side by side leave no seam.
    var isCrisp = false
    /// The color of texts.
    var color: Color?
    /// The opacity of texts, in hundredths.
    var opacity = 100
  }

  /// A document that Cairo wrote, for a figure of a label.
  init(_ bytes: UnsafeRawBufferPointer, id: String, insertions: [SVGInsertion] = []) {
    self.bytes = bytes
    self.id = id
    self.insertions = insertions
    body = SVGText(capacity: bytes.count / 2)
  }

  /// The definitions and elements of a document without texts, images and masks.
  package static func rewritten(_ text: String, id: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var document = SVGDocument(UnsafeRawBufferPointer(bytes), id: id)
      let (definitions, body) = document.rewritten()
      return definitions.string + body.string
    }
  }

  /// The elements, and the definitions they refer to.
  mutating func rewritten() -> (definitions: SVGText, body: SVGText) {
    var tag = SVGTag()
    var place = 0
    var clipID: Range<Int>?
    var clip: Int?
    while tag.read(bytes, from: place) {
      place = tag.end
      let name = bytes[part: tag.name]
      if name.equals("clipPath") {
        clipID = tag.isEnd ? nil : value("id", of: tag)
      } else if name.equals("path") {
        if let id = clipID {
          if let path = value("d", of: tag) { clips.append((id, path)) }
        } else if !tag.isEnd {
          write(path: tag, clip: clip)
        }
      } else if name.equals("g") {
        clip = tag.isEnd ? nil : value("clip-path", of: tag).flatMap(clip(of:))
      }
    }
    close()
    return (definitions(), body)
  }

  private func value(_ name: StaticString, of tag: SVGTag) -> Range<Int>? {
    tag.attributes.first { bytes[part: $0.name].equals(name) }?.value
  }

  /// The first clip path with the outline of one that is meant by `url(#…)`.
  private func clip(of reference: Range<Int>) -> Int? {
    let wanted = bytes[
      part: (reference.lowerBound + 5)..<max(reference.upperBound - 1, reference.lowerBound + 5)]
    guard let path = clips.first(where: { bytes[part: $0.id].equals(wanted) })?.path else { return nil }
    return clips.firstIndex { bytes[part: $0.path].equals(bytes[part: path]) }
  }

  private func definitions() -> SVGText {
    var text = SVGText()
    for (number, clip) in usedClips.enumerated() {
      text.append("<clipPath id=\"\(id)-\(number + 1)\"><path d=\"")
      SVGPath.append(bytes[part: clips[clip].path], to: &text)
      text.append("\"/></clipPath>\n")
    }
    return text
  }

  // MARK: Elements

  private mutating func write(path tag: SVGTag, clip: Int?) {
    var style = SVGStyle()
    var path: Range<Int>?
    for attribute in tag.attributes {
      let name = bytes[part: attribute.name]
      if name.equals("d") {
        path = attribute.value
      } else if name.equals("style") {
        style.add(declarations: bytes[part: attribute.value])
      } else if name.hasPrefix("fill") || name.hasPrefix("stroke") {
        // Cairo 1.16 writes a style, 1.18 an attribute for each of its declarations.
        style.add(name, bytes[part: attribute.value])
      }
    }
    if let number = style.insertion {
      if insertions.indices.contains(number) { write(insertions[number], clip: clip) }
      return
    }
    guard let path, !style.text.bytes.isEmpty else { return }
    let isCrisp = !style.hasStroke && SVGPath.isUpright(bytes[part: path])
    begin(Group(clip: clip, isCrisp: isCrisp))
    body.append("<path d=\"")
    SVGPath.append(bytes[part: path], to: &body)
    body.append("\" style=\"")
    body.append(style.text.bytes)
    body.append("\"/>\n")
  }

  private mutating func write(_ insertion: SVGInsertion, clip: Int?) {
    if case .text(let text) = insertion {
      begin(Group(color: text.color, opacity: text.opacity))
      text.write(to: &body)
    } else {
      begin(Group(clip: clip))
      insertion.write(to: &body, id: id)
    }
  }

  /// Opens a group, or goes on in one of the same kind.
  private mutating func begin(_ group: Group) {
    guard group != open else { return }
    close()
    open = group
    guard group != Group() else { return }
    body.append("<g")
    if let clip = group.clip {
      if !usedClips.contains(clip) { usedClips.append(clip) }
      body.append(" clip-path=\"url(#\(id)-\((usedClips.firstIndex(of: clip) ?? 0) + 1))\"")
    }
    if group.isCrisp { body.append(" shape-rendering=\"crispEdges\"") }
    if let color = group.color {
      body.append(" style=\"fill:")
      body.append(color: color)
      if group.opacity != 100 {
        body.append(";fill-opacity:")
        body.append(units: group.opacity, decimals: 2)
      }
      body.append("\"")
    }
    body.append(">\n")
  }

  private mutating func close() {
    if open != Group() { body.append("</g>\n") }
    open = Group()
  }
}

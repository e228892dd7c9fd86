import Documents

/// Estimates how high a slide is, before any browser lays it out: texts by their letters, code by its lines, tables by
/// their rows, formulas by their struts, figures by the least height at which they can be read.
///
/// The measures are those of the style sheet of slides, in pixels on its canvas of 1280 by 720.
struct SlideFit {
  private static let fontSize = 27.6
  private static let lineHeight = 39.0
  private static let margin = 18.0
  private static let width = 1117.0
  /// What stays below a title and above the number of the slide.
  private static let height = 560.0
  private static let codeLine = 27.0
  private static let tableRow = 36.0
  /// The least height of a figure with its caption.
  private static let figure = 230.0
  private static let summary = 44.0

  /// How high the content is, as a share of the room there is.
  static func share(_ html: String) -> Double {
    var fit = SlideFit(html)
    return fit.measure() / height
  }

  private let bytes: [UInt8]
  private var offset = 0
  /// The heights of what was stacked, for each group of columns that is open.
  private var stack: [Frame] = [Frame(kind: .slide, width: Self.width)]

  /// A part that is measured by itself.
  private struct Frame {
    enum Kind { case slide, columns, column }
    var kind: Kind
    var width: Double
    /// What lies below each other.
    var height = 0.0
    /// The highest of what lies side by side.
    var highest = 0.0
    /// How many elements are open inside.
    var depth = 0
  }

  private init(_ html: String) { bytes = Array(html.utf8) }

  private mutating func measure() -> Double {
    while offset < bytes.count {
      guard bytes[offset] == UInt8(ascii: "<"), let tag = takeTag() else {
        offset += 1
        continue
      }
      if tag.hasPrefix("</") { close(tag) } else { open(tag) }
    }
    while stack.count > 1 { endFrame() }
    return stack[0].height
  }

  private mutating func takeTag() -> String? {
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
    defer { offset = end + 1 }
    return bytes[offset...end].text
  }

  private mutating func add(_ height: Double) { stack[stack.count - 1].height += height }

  private mutating func open(_ tag: String) {
    if tag.hasPrefix("<p") && !tag.hasPrefix("<pre") || tag.hasPrefix("<li") || tag.hasPrefix("<dt")
      || tag.hasPrefix("<dd")
    {
      addText()
    } else if tag.hasPrefix("<pre") {
      let lines = content(until: "</pre>").split(separator: .newline, omittingEmptySubsequences: false).count
      add(Double(lines) * Self.codeLine + 31 + Self.margin)
    } else if tag.hasPrefix("<span class=\"equation\"") {
      addEquation()
    } else if tag.hasPrefix("<figure"), !tag.contains("listing"), !tag.contains("group") {
      _ = content(until: "</figure>")
      add(Self.figure)
    } else if tag.hasPrefix("<table") {
      let rows = content(until: "</table>").text.matches(of: /<tr[ >]/).count
      add(Double(rows) * Self.tableRow + 30)
    } else if tag.hasPrefix("<details") {
      _ = content(until: "</details>")
      add(Self.summary)
    } else if tag.hasPrefix("<div class=\"notes\"") {
      _ = content(until: "</div>")
    } else if tag.hasPrefix("<h"), !tag.hasPrefix("<hr"), !stack[0].height.isZero {
      add(Self.lineHeight + Self.margin)
    } else if tag.hasPrefix("<div") {
      openDivision(tag)
    }
  }

  private mutating func openDivision(_ tag: String) {
    let width = stack[stack.count - 1].width
    if tag.contains("class=\"columns") || tag.contains("class=\"grid\"") {
      stack.append(Frame(kind: .columns, width: width))
    } else if tag.contains("class=\"column"), stack[stack.count - 1].kind == .columns {
      stack.append(Frame(kind: .column, width: width / 2))
    } else {
      stack[stack.count - 1].depth += 1
    }
  }

  private mutating func close(_ tag: String) {
    guard tag.hasPrefix("</div") else { return }
    if stack[stack.count - 1].depth > 0 {
      stack[stack.count - 1].depth -= 1
    } else if stack.count > 1 {
      endFrame()
    }
  }

  private mutating func endFrame() {
    guard let frame = stack.popLast() else { return }
    switch frame.kind {
    case .column: stack[stack.count - 1].highest = max(stack[stack.count - 1].highest, frame.height)
    // Figures in a grid have no columns around them: two stand side by side at least.
    case .columns: add(max(frame.highest, frame.height / 2))
    case .slide: add(frame.height)
    }
  }

  /// A paragraph or an item: its letters in lines.
  private mutating func addText() {
    let begin = offset
    var letters = 0
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "<") {
        let place = offset
        guard let tag = takeTag() else { break }
        if tag.hasPrefix("<math") {
          _ = content(until: "</math>")
        } else if tag.hasPrefix("<span class=\"equation\"") {
          addEquation()
        } else if ["<p", "<ul", "<ol", "<li", "<div", "<pre", "</p", "</li", "</dt", "</dd", "<table"]
          .contains(
            where: { tag.hasPrefix($0) })
        {
          if !tag.hasPrefix("</") { offset = place }
          break
        }
        continue
      }
      if bytes[offset] & 0xC0 != 0x80 { letters += 1 }
      offset += 1
    }
    guard offset > begin, letters > 0 else { return }
    let perLine = stack[stack.count - 1].width / (Self.fontSize * 0.45)
    add((Double(letters) / perLine).rounded(.up) * Self.lineHeight + Self.margin * 0.6)
  }

  /// A displayed formula: as high as its highest strut.
  private mutating func addEquation() {
    let text = content(until: "</span></span></span></span></span>").text
    let struts = text.matches(of: /strut" style="height:([0-9.]+)em/).compactMap { Double($0.1) }
    add((struts.max() ?? 1.5) * Self.fontSize * 1.1 + 2 * Self.margin)
  }

  /// What stands before an ending, which is passed.
  private mutating func content(until ending: String) -> ArraySlice<UInt8> {
    let wanted = Array(ending.utf8)
    let begin = offset
    while offset + wanted.count <= bytes.count {
      if bytes[offset] == wanted[0], bytes[offset..<offset + wanted.count].elementsEqual(wanted) {
        defer { offset += wanted.count }
        return bytes[begin..<offset]
      }
      offset += 1
    }
    offset = bytes.count
    return bytes[begin...]
  }
}

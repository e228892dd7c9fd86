/// Writes the texts that belong at marks where they cover least.
struct AnnotationGuide {
  let theme: Theme
  let setter: Typesetter

  private typealias Choice = (coverage: Double, text: DrawnText, bounds: Rectangle)

  /// How much room the texts that find none in a panel need beside it.
  func widthOutside(_ annotations: [Annotation], in panel: Rectangle, _ obstacles: Obstacles) -> Double {
    annotations.filter { $0.outside != nil }.reduce(0) { widest, annotation in
      guard let best = best(annotation, in: panel, obstacles), best.coverage > 0 else { return widest }
      let width = best.bounds.width + 6
      return width < 0.4 * panel.width ? max(widest, width) : widest
    }
  }

  /// The texts as shapes; their areas become obstacles.
  ///
  /// Beside the panel is room of a width.
  func shapes(
    _ annotations: [Annotation], in panel: Rectangle, widthOutside: Double, _ obstacles: inout Obstacles
  ) -> [DrawnShape] {
    var shapes: [DrawnShape] = []
    for annotation in annotations {
      guard let best = best(annotation, in: panel, obstacles) else { continue }
      if best.coverage > 0, let outside = annotation.outside, best.bounds.width + 6 <= widthOutside + 1e-6 {
        let place = Point(outside.x + 5, outside.y + setter.capHeight(theme.tickSize) / 2)
        let text = DrawnText(Label(annotation.text), at: place, anchor: .start, size: theme.tickSize)
        let bounds = setter.bounds(of: text)
        if obstacles.coverage(of: bounds) == 0 {
          shapes.append(DrawnShape(.text(text), fill: annotation.color))
          obstacles.add(bounds)
          continue
        }
      }
      if annotation.isOptional, best.coverage >= 500 { continue }
      // Where data cannot be avoided, the text stays readable.
      shapes.append(DrawnShape(.rectangle(best.bounds.inset(by: -1)), fill: .background, opacity: 0.75))
      shapes.append(DrawnShape(.text(best.text), fill: annotation.color))
      obstacles.add(best.bounds)
    }
    return shapes
  }

  private func best(_ annotation: Annotation, in panel: Rectangle, _ obstacles: Obstacles) -> Choice? {
    var best: Choice?
    for place in annotation.places {
      let text = text(Label(annotation.text), at: place, size: annotation.size ?? theme.tickSize)
      let bounds = setter.bounds(of: text)
      let outside = panel.inset(by: -0.5).contains(bounds) ? 0.0 : 500
      let coverage = obstacles.coverage(of: bounds.inset(by: 1)) + outside
      if best.map({ coverage < $0.coverage }) ?? true { best = (coverage, text, bounds) }
    }
    return best
  }

  private func text(_ label: Label, at place: Annotation.Place, size: Double) -> DrawnText {
    let x = place.point.x + (place.isLeft ? -4 : 4)
    let y =
      place.isAbove
      ? place.point.y - setter.measurer.descent(size: size) - 1.5
      : place.point.y + setter.measurer.ascent(size: size) + 1.5
    return DrawnText(label, at: Point(x, y), anchor: place.isLeft ? .end : .start, size: size)
  }
}

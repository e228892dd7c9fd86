/// Writes the texts that belong at marks where they cover least.
struct AnnotationGuide {
  let theme: Theme
  let setter: Typesetter

  /// The texts as shapes; their areas become obstacles.
  func shapes(_ annotations: [Annotation], in panel: Rectangle, _ obstacles: inout Obstacles) -> [Shape] {
    var shapes: [Shape] = []
    for annotation in annotations {
      let label = Label(annotation.text)
      var best: (coverage: Double, text: DrawnText, bounds: Rectangle)?
      for place in annotation.places {
        let text = text(label, at: place)
        let bounds = setter.bounds(of: text)
        let outside = panel.inset(by: -0.5).contains(bounds) ? 0.0 : 500
        let coverage = obstacles.coverage(of: bounds.inset(by: 1)) + outside
        if best.map({ coverage < $0.coverage }) ?? true { best = (coverage, text, bounds) }
      }
      guard let best else { continue }
      // Where data cannot be avoided, the text stays readable.
      shapes.append(Shape(.rectangle(best.bounds.inset(by: -1)), fill: .background, opacity: 0.7))
      shapes.append(Shape(.text(best.text), fill: .muted))
      obstacles.add(best.bounds)
    }
    return shapes
  }

  private func text(_ label: Label, at place: Annotation.Place) -> DrawnText {
    let size = theme.tickSize
    let x = place.point.x + (place.isLeft ? -4 : 4)
    let y =
      place.isAbove
      ? place.point.y - setter.measurer.descent(size: size) - 1.5
      : place.point.y + setter.measurer.ascent(size: size) + 1.5
    return DrawnText(label, at: Point(x, y), anchor: place.isLeft ? .end : .start, size: size)
  }
}

import CairoRendering
import Testing

@Suite("Rewriting of Cairo's SVG")
struct SVGDocumentTests {
  private let expected = """
    <clipPath id="f-1"><path d="M0 0h10v10h-10z"/></clipPath>
    <g clip-path="url(#f-1)">
    <path d="M1 2h4m0 1v-2.5" style="stroke-width:.6;stroke:var(--lectern-grid,#e6e6e6)"/>
    <path d="M1 2h0" style="stroke-linecap:round;stroke:var(--lectern-series-1,#1860af)"/>
    </g>
    <path d="M3.13 4c1-1 2.5 3 0 .01" style="stroke-dasharray:4.5,2.25;stroke:var(--lectern-text,#222222)"/>

    """

  @Test("What Cairo 1.16 writes")
  func styles() {
    check(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36" version="1.1">
      <defs>
      <clipPath id="clip1">
        <path d="M 0 0 L 10 0 L 10 10 L 0 10 Z M 0 0 "/>
      </clipPath>
      <clipPath id="clip2">
        <path d="M 0 0 L 10 0 L 10 10 L 0 10 Z M 0 0 "/>
      </clipPath>
      </defs>
      <g id="surface7">
      <g clip-path="url(#clip1)" clip-rule="nonzero">
      <path style="fill:none;stroke-width:0.6;stroke-linecap:butt;stroke:rgb(1.176471%,0.392157%,0.784314%);\
      stroke-opacity:1;stroke-miterlimit:10;" d="M 1 2 L 5 2 M 5 3 L 5 0.5 "/>
      </g>
      <g clip-path="url(#clip2)" clip-rule="nonzero">
      <path style="fill:none;stroke-linecap:round;stroke:rgb(2.352941%,0.392157%,0.784314%);" d="M 1 2 L 1 2 "/>
      </g>
      <path style=" stroke-dasharray:4.5,2.25;stroke:rgb(0.392157%,0.392157%,0.784314%);" \
      d="M 3.125 4 C 4.125 3 5.625 7 3.125 4.0104 M 9 9 "/>
      </g>
      </svg>
      """)
  }

  @Test("What Cairo 1.18 writes")
  func attributes() {
    check(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="72" height="36" viewBox="0 0 72 36">
      <defs>
      <clipPath id="clip-0">
      <path clip-rule="nonzero" d="M 0 0 L 10 0 L 10 10 L 0 10 Z M 0 0 "/>
      </clipPath>
      </defs>
      <g clip-path="url(#clip-0)">
      <path fill="none" stroke-width="0.6" stroke-linecap="butt" \
      stroke="rgb(1.176471%, 0.392157%, 0.784314%)" stroke-opacity="1" d="M 1 2 L 5 2 M 5 3 L 5 0.5 "/>
      <path fill="none" stroke-linecap="round" stroke="rgb(2.352941%, 0.392157%, 0.784314%)" d="M 1 2 L 1 2 "/>
      </g>
      <path stroke-dasharray="4.5 2.25" stroke="rgb(0.392157%, 0.392157%, 0.784314%)" \
      d="M 3.125 4 C 4.125 3 5.625 7 3.125 4.0104 M 9 9 "/>
      </svg>
      """)
  }

  @Test("A path that is only moves, an unknown clip path and a document that ends too early are no trap")
  func damaged() {
    #expect(SVGDocument.rewritten("", id: "f").isEmpty)
    #expect(SVGDocument.rewritten("<svg><path d=\"M 1 2", id: "f").isEmpty)
    #expect(SVGDocument.rewritten("<svg><g clip-path=\"\"><path style=\"fill:", id: "f").isEmpty)
    let unknown = "<g clip-path=\"url(#x)\"><path style=\"fill:red\" d=\"M 1 2 L 3 4\"/></g>"
    #expect(SVGDocument.rewritten(unknown, id: "f") == "<path d=\"M1 2l2 2\" style=\"fill:red\"/>\n")
  }

  private func check(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(SVGDocument.rewritten(text, id: "f") == expected, sourceLocation: sourceLocation)
  }
}

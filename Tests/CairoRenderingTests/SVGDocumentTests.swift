import CairoRendering
import Plotting
import Testing

@Suite("Rewriting of Cairo's SVG")
struct SVGDocumentTests {
  private let expected = """
    <defs>
    <path id="f-2" d="M0 0l1.13-2"/>
    <clipPath id="f-1"><path d="M0 0h10v10h-10z"/></clipPath>
    </defs>
    <g clip-path="url(#f-1)">
    <path d="M1 2h4m0 1v-2.5" style="stroke-width:0.6;stroke:var(--lectern-grid,#e6e6e6)"/>
    <path d="M1 2h0" style="stroke-linecap:round;stroke:var(--lectern-series-1,#0072b2)"/>
    </g>
    <g style="fill:var(--lectern-text,#222222)">
    <use href="#f-2" x="3.12" y="4"/>
    </g>
    """

  @Test("What Cairo 1.16 writes")
  func styles() {
    check(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36" version="1.1">
      <defs>
      <g>
      <symbol overflow="visible" id="glyph0-0"><path style="stroke:none;" d=""/></symbol>
      <symbol overflow="visible" id="glyph0-1"><path style="stroke:none;" d="M 0 0 L 1.125 -2 M 1 1 "/></symbol>
      </g>
      <clipPath id="clip1"><path d="M 0 0 L 10 0 L 10 10 L 0 10 Z M 0 0 "/></clipPath>
      <clipPath id="clip2"><path d="M 0 0 L 10 0 L 10 10 L 0 10 Z M 0 0 "/></clipPath>
      </defs>
      <g id="surface7">
      <g clip-path="url(#clip1)" clip-rule="nonzero">
      <path style="fill:none;stroke-width:0.6;stroke-linecap:butt;stroke:rgb(1.176471%,0.392157%,0.784314%);stroke-opacity:1;" d="M 1 2 L 5 2 M 5 3 L 5 0.5 "/>
      </g>
      <g clip-path="url(#clip2)" clip-rule="nonzero">
      <path style="fill:none;stroke-linecap:round;stroke:rgb(2.352941%,0.392157%,0.784314%);" d="M 1 2 L 1 2 "/>
      </g>
      <g style="fill:rgb(0.392157%,0.392157%,0.784314%);fill-opacity:1;">
      <use xlink:href="#glyph0-0" x="1" y="4"/>
      <use xlink:href="#glyph0-1" x="3.123" y="4"/>
      </g>
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
      <g>
      <g id="glyph-0-0"><path d=""/></g>
      <g id="glyph-0-1"><path d="M 0 0 L 1.125 -2 M 1 1 "/></g>
      </g>
      <clipPath id="clip-0"><path clip-rule="nonzero" d="M 0 0 L 10 0 L 10 10 L 0 10 Z M 0 0 "/></clipPath>
      </defs>
      <g clip-path="url(#clip-0)">
      <path fill="none" stroke-width="0.6" stroke-linecap="butt" stroke="rgb(1.176471%, 0.392157%, 0.784314%)" stroke-opacity="1" d="M 1 2 L 5 2 M 5 3 L 5 0.5 "/>
      <path fill="none" stroke-linecap="round" stroke="rgb(2.352941%, 0.392157%, 0.784314%)" d="M 1 2 L 1 2 "/>
      </g>
      <g fill="rgb(0.392157%, 0.392157%, 0.784314%)" fill-opacity="1">
      <use xlink:href="#glyph-0-0" x="1" y="4"/>
      <use xlink:href="#glyph-0-1" x="3.123" y="4"/>
      </g>
      </svg>
      """)
  }

  private func check(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let svg = SVGDocument(text: text, id: "f").inlined(
      Drawing(width: 72, height: 36), title: "t", description: "d")
    let body = (svg.split(separator: "</desc>\n").last ?? "").replacing("\n</svg>\n", with: "")
    #expect(body == expected, sourceLocation: sourceLocation)
  }
}

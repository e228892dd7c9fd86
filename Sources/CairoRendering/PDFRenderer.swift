import CCairo
import Plotting

/// Draws drawings as PDF files, to be placed in papers and slides: vectors and text, colors as in print.
///
/// The same drawing gives the same bytes. May be used by several threads.
public struct PDFRenderer: Sendable {
  /// What a file tells about itself.
  public struct Metadata: Hashable, Sendable {
    /// The title.
    public var title: String
    /// The authors.
    public var author: String?
    /// What the figure shows, in words.
    public var subject: String?
    /// The day of creation, such as `2026-03-14` or with a time behind a `T`; anything else is the first day of 1970.
    public var date: String?

    /// What a file tells about itself.
    public init(title: String, author: String? = nil, subject: String? = nil, date: String? = nil) {
      self.title = title
      self.author = author
      self.subject = subject
      self.date = date
    }
  }

  private let font: FontFile
  /// Pixels of dense dots for a point: 300 for an inch.
  private static let resolution = 300.0 / 72

  /// Loads the font of all figures.
  public init() throws(RenderingError) { font = try FontFile.shared.get() }

  /// The drawing as a file of one page.
  public func render(
    _ drawing: Drawing, metadata: Metadata, palette: Palette = .light
  ) throws(RenderingError) -> [UInt8] {
    try CanvasSize.check(drawing)
    let stream = ByteStream()
    let status = stream.read { write, closure in
      let surface = cairo_pdf_surface_create_for_stream(write, closure, drawing.width, drawing.height)
      describe(surface, metadata)
      let context = cairo_create(surface)
      if let context {
        // The letters are embedded when the file ends: the font is read until then.
        font.use(on: context) {
          let painter = DirectPainter(font: font, resolution: PDFRenderer.resolution)
          CairoCanvas(context: context, painter: painter, color: palette.fractions).draw(drawing)
          cairo_show_page(context)
          cairo_surface_finish(surface)
        }
      }
      let status = context.map { cairo_status($0) } ?? CAIRO_STATUS_NO_MEMORY
      cairo_destroy(context)
      defer { cairo_surface_destroy(surface) }
      return status == CAIRO_STATUS_SUCCESS ? cairo_surface_status(surface) : status
    }
    guard status == CAIRO_STATUS_SUCCESS else { throw RenderingError(status) }
    return stream.bytes
  }

  private func describe(_ surface: OpaquePointer?, _ metadata: Metadata) {
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, metadata.title)
    if let author = metadata.author {
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, author)
    }
    if let subject = metadata.subject {
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, subject)
    }
    // Without a date Cairo would take the clock's.
    let date = metadata.date.flatMap(PDFRenderer.day) ?? "1970-01-01"
    for kind in [CAIRO_PDF_METADATA_CREATE_DATE, CAIRO_PDF_METADATA_MOD_DATE] {
      cairo_pdf_surface_set_metadata(surface, kind, "\(date)T00:00:00Z")
    }
  }

  /// The day at the beginning of a date; nil if it is none.
  private static func day(_ date: String) -> String? {
    guard let match = date.firstMatch(of: /^(\d{4})-(\d{2})-(\d{2})(T|$)/),
      let month = Int(match.2), let day = Int(match.3), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    return "\(match.1)-\(match.2)-\(match.3)"
  }
}

extension Palette {
  /// Red, green and blue from 0 to 1.
  func fractions(_ color: Color) -> (Double, Double, Double) {
    let (red, green, blue) = components(color)
    return (Double(red) / 255, Double(green) / 255, Double(blue) / 255)
  }
}

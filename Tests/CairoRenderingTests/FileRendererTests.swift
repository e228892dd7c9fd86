import CairoRendering
import Foundation
import Plotting
import Testing

@Suite("PDF and PNG of figures")
struct FileRendererTests {
  @Test("The same figure gives the same files, from any thread", arguments: Gallery.figures.map(\.name))
  func deterministic(name: String) async throws {
    let figure = try #require(Gallery.figures.first { $0.name == name }?.figure)
    let (pdf, png) = (try figure.pdf(), try figure.png(dotsPerInch: 60))
    #expect(pdf.starts(with: Array("%PDF-1.".utf8)) && png.starts(with: [0x89] + Array("PNG".utf8)))
    try await withThrowingTaskGroup(of: ([UInt8], [UInt8]).self) { group in
      for _ in 0..<4 { group.addTask { (try figure.pdf(), try figure.png(dotsPerInch: 60)) } }
      for try await (otherPDF, otherPNG) in group { #expect(otherPDF == pdf && otherPNG == png) }
    }
  }

  @Test("A PDF file has title, author, subject and the document's date, else 1970")
  func metadata() throws {
    let dated = text(
      try figure.pdf(title: "Losses", author: "Ada Example", subject: "Two curves", date: "2026-03-14"))
    #expect(dated.contains("/Title (Losses)") && dated.contains("/Author (Ada Example)"))
    #expect(dated.contains("/Subject (Two curves)") && dated.contains("(20260314000000Z)"))
    for date in [nil, "spring 2026", "2026-13-01", "2026-03-14evening"] {
      let file = text(try figure.pdf(date: date))
      #expect(file.contains("(19700101000000Z)") && !file.contains("(20"))
    }
    #expect(text(try figure.pdf()).contains("/Title (Loss)"))
  }

  @Test("A PDF page is as large as the figure, and small as a file")
  func page() throws {
    let file = try figure.pdf()
    #expect(text(file).contains("/MediaBox [ 0 0 460.799988 288 ]") || text(file).contains("460.8"))
    #expect(file.count < 30_000)
  }

  @Test("PNG files have the pixels that are asked for, on paper, in the dark and on nothing")
  func pixels() throws {
    let size = FigureSize(width: 3, height: 2)
    for (resolution, width, height) in [(72.0, 216, 144), (100.5, 302, 201), (300, 900, 600)] {
      let file = try figure.png(dotsPerInch: resolution, size: size)
      #expect(number(file, at: 16) == width && number(file, at: 20) == height)
      // Red, green and blue.
      #expect(file[25] == 2)
    }
    let clear = try figure.png(dotsPerInch: 72, background: .transparent, size: size)
    #expect(clear[25] == 6)
    #expect(
      try figure.png(dotsPerInch: 72, size: size, palette: .dark)
        != figure.png(dotsPerInch: 72, size: size))
  }

  @Test("Sizes that no file can have are errors")
  func impossible() throws {
    for size in [FigureSize(width: 0, height: 2), .init(width: 3, height: -1), .init(width: .nan, height: 1)]
    {
      #expect(throws: RenderingError.self) { try figure.pdf(size: size) }
      #expect(throws: RenderingError.self) { try figure.png(size: size) }
    }
    #expect(throws: RenderingError.impossibleSize(width: 72_000, height: 144)) {
      try figure.pdf(size: FigureSize(width: 1000, height: 2))
    }
    #expect(throws: RenderingError.impossibleResolution(1e9)) { try figure.png(dotsPerInch: 1e9) }
    #expect(throws: RenderingError.impossibleResolution(0)) { try figure.png(dotsPerInch: 0) }
    #expect("\(RenderingError.impossibleResolution(0))".hasPrefix("no image has 0 pixels an inch"))
  }

  private var figure: Figure { Gallery.losses }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func number(_ bytes: [UInt8], at index: Int) -> Int {
    bytes[index..<(index + 4)].reduce(0) { $0 << 8 | Int($1) }
  }
}

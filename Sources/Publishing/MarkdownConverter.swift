import CDiscount
import Foundation
import Synchronization

/// Turns Markdown into HTML with Discount.
///
/// Extensions that would change what authors mean are off: typographic fractions and signs, superscripts by
/// `^`, title lines by `%`, alphabetic lists.
package enum MarkdownConverter {
  /// The version of the library.
  package static var version: String {
    let text = discountVersion().map { String(cString: $0) } ?? ""
    // The version is followed by the options it was built with.
    return text.split(separator: " ").first.map(String.init) ?? text
  }

  /// The HTML of a text.
  package static func html(_ markdown: String) throws(PublishingError) -> String {
    let result = library.withLock { isInitialized -> String? in
      if !isInitialized {
        mkd_initialize()
        // Discount would take <section> and <figure> for text otherwise.
        mkd_with_html5_tags()
        isInitialized = true
      }
      return markdown.utf8.count > Self.shortText ? onDeepStack(markdown) : convert(markdown)
    }
    guard let result else { throw .markdownFailed }
    return result
  }

  private static let shortText = 16 << 10

  /// Discount goes into nested lists by calling itself: long texts get a stack of their own.
  private static func onDeepStack(_ markdown: String) -> String? {
    nonisolated(unsafe) var html: String?
    let isFinished = DispatchSemaphore(value: 0)
    let thread = Thread {
      html = convert(markdown)
      isFinished.signal()
    }
    thread.stackSize = 64 << 20
    thread.start()
    isFinished.wait()
    return html
  }

  /// Discount keeps global state: one call at a time, and whether it is initialized.
  private static let library = Mutex(false)

  private static let flags = mkd_flag_t(
    MKD_NOPANTS | MKD_NOSUPERSCRIPT | MKD_NOHEADER | MKD_NOALPHALIST | MKD_NODIVQUOTE | MKD_NOSTYLE
      | MKD_EXTRA_FOOTNOTE | MKD_DLEXTRA | MKD_NODLDISCOUNT | MKD_FENCEDCODE | MKD_GITHUBTAGS | MKD_NO_EXT)

  private static func convert(_ markdown: String) -> String? {
    let bytes = Array(markdown.utf8)
    // An empty text is none for Discount.
    guard !bytes.isEmpty else { return "" }
    let document = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { mkd_string($0.baseAddress, Int32(bytes.count), flags) }
    }
    guard let document else { return nil }
    defer { mkd_cleanup(document) }
    guard mkd_compile(document, flags) > 0 else { return nil }
    var text: UnsafeMutablePointer<CChar>?
    let count = mkd_document(document, &text)
    guard count >= 0, let text else { return count == 0 ? "" : nil }
    return text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { pointer in
      String(decoding: UnsafeBufferPointer(start: pointer, count: Int(count)), as: UTF8.self)
    }
  }
}

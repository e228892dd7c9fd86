import Foundation

/// Links below a figure or a table whose files are part of the page.
struct DownloadLinks {
  /// A file that a link holds.
  struct File {
    /// What readers see, as in `CSV`.
    var title: String
    /// What the file is called when it is saved, as in `tbl-scores.csv`.
    var name: String
    /// As in `text/csv`.
    var mediaType: String
    var bytes: [UInt8]
  }

  var files: [File]

  /// The HTML of the links; nothing if there are none.
  var html: String {
    guard !files.isEmpty else { return "" }
    return "<p class=\"downloads\">Download: " + files.map(link).joined(separator: ", ") + "</p>\n"
  }

  private func link(_ file: File) -> String {
    let content = Data(file.bytes).base64EncodedString()
    return "<a download=\"\(HTML.escaped(file.name))\" "
      + "href=\"data:\(HTML.escaped(file.mediaType));base64,\(content)\">\(HTML.escaped(file.title))</a>"
  }
}

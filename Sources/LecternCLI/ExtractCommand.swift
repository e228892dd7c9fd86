import ArgumentParser
import Foundation
import Publishing

/// `lectern extract`: the files that a page was made from.
struct ExtractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract", abstract: "Write the files that a page was made from into a folder that renders.",
    discussion: """
      A page holds its document, what it includes, and its data, bibliographies and images up to 256 kB compressed. \
      Files that are there already are left alone, unless they are the same.
      """)

  @Argument(help: "The page.")
  var report: String

  @Argument(help: "The folder; it is made if there is none.")
  var folder: String

  func validate() throws {
    guard FileManager.default.isReadableFile(atPath: report) else {
      throw ValidationError("the file \"\(report)\" does not exist")
    }
  }

  func run() throws {
    guard let data = FileManager.default.contents(atPath: report) else {
      throw ValidationError("the file \"\(report)\" cannot be read")
    }
    let extraction: PageExtraction
    do throws(ExtractionError) {
      extraction = try PageExtraction(html: String(decoding: data, as: UTF8.self))
    } catch {
      Terminal.write("\(report): error: \(error.sentence)")
      throw ExitCode(1)
    }
    for file in extraction.files {
      let there = FileManager.default.contents(atPath: "\(folder)/\(file.path)")
      if let there, there != file.contents {
        Terminal.write("\(folder)/\(file.path): error: another file of this name is there already")
        throw ExitCode(1)
      }
    }
    // The root of the project decides what files are called in a report.
    try? FileManager.default.createDirectory(atPath: "\(folder)/.lectern", withIntermediateDirectories: true)
    for file in extraction.files {
      try OutputFile.write(file.contents, to: "\(folder)/\(file.path)")
      print("\(folder)/\(file.path)")
    }
    for input in extraction.missing {
      Terminal.write(
        "warning: \(input.path) is too large for the page or outside of the project (SHA-256 \(input.digest.prefix(12))…)"
      )
    }
    let options =
      extraction.parameters.map { " -P '\($0)'" } + [extraction.profile.map { " --profile \($0)" } ?? ""]
    print("lectern render \(folder)/\(extraction.document)\(options.joined())")
  }
}

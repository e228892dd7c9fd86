import ArgumentParser
import Components
import Execution
import Foundation
import Kernels

/// The command `lectern`.
@main
struct LecternCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lectern",
    abstract: "Turns literate Markdown into reproducible machine-learning reports.",
    version: "0.1.0",
    subcommands: [
      RenderCommand.self, CheckCommand.self, ExtractCommand.self, ExplainCommand.self, ListCommand.self,
      StudyCommand.self,
    ])

  /// Runs a command.
  ///
  /// Exit status: 0 all well, 1 a document failed, 2 wrong usage, 130 interrupted.
  static func main() {
    let missing = Processor.missingFeatures
    guard missing.isEmpty else {
      Terminal.write(
        "lectern: error: this binary was built for a processor with \(missing.joined(separator: ", ")); "
          + "build it here with make, or anywhere with make CPU=x86-64-v3")
      Foundation.exit(2)
    }
    interruptEndsChildren()
    refuseUnknownCommand()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(error)
    }
  }

  /// Ends with the status and the message of an error.
  private static func end(_ error: any Error) {
    let status = exitCode(for: error)
    if status == .success || error is ExitCode { exit(withError: error) }
    Terminal.write(fullMessage(for: error))
    // ArgumentParser's own status for wrong usage is 64.
    Foundation.exit(status.rawValue == 64 ? 2 : status.rawValue)
  }

  /// ArgumentParser would complain of the arguments behind a command that it does not know.
  private static func refuseUnknownCommand() {
    let known = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let given = CommandLine.arguments.dropFirst().first, !given.hasPrefix("-"), !known.contains(given)
    else {
      return
    }
    let hint = Suggestion.hint(for: given, among: known).map { " (\($0))" } ?? ""
    end(ValidationError("there is no command \"\(given)\"\(hint)"))
  }

  /// Ctrl-C ends the programs of Swift cells too, which run in groups of their own.
  private static func interruptEndsChildren() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        ChildProcessGroups.shared.killAll()
        TemporaryFolders.shared.removeAll()
        Terminal.clearProgress()
        Foundation.exit(number == SIGINT ? 130 : 143)
      }
      source.resume()
      sources.append(source)
    }
  }

  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []
}

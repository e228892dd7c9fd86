/// This program, as results and pages name it.
package enum Engine {
  /// The version of the program.
  package static let version = "0.1.0"
}

/// This program, as results and pages name it.
package enum Engine {
  package static let version = "0.1.0"
}

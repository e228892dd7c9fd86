import CDuktape
import Foundation

/// A JavaScript library in a Duktape heap of its own, loaded when it is first used.
///
/// One call at a time; every call runs on a thread with a stack of 8 MB, because the interpreter recurses
/// deeply.
final class ScriptEngine: @unchecked Sendable {
  /// The version of Duktape.
  static var duktapeVersion: String {
    "\(DUK_VERSION / 10000).\(DUK_VERSION / 100 % 100).\(DUK_VERSION % 100)"
  }

  private let name: String
  private let file: SystemFiles.File
  private let prelude: String
  private let lock = NSLock()
  private var heap: OpaquePointer?

  /// An engine for a library; the prelude runs before it.
  init(name: String, file: SystemFiles.File, prelude: String) {
    self.name = name
    self.file = file
    self.prelude = prelude
  }

  /// Calls a global function with texts, once for each list of arguments; gives its results as texts.
  func call(_ function: String, _ argumentLists: [[String]]) throws(PublishingError) -> [String] {
    lock.lock()
    defer { lock.unlock() }
    nonisolated(unsafe) var result = Result<[String], PublishingError>.success([])
    let isFinished = DispatchSemaphore(value: 0)
    let thread = Thread { [self] in
      result = Result { () throws(PublishingError) in try run(function, argumentLists) }
      isFinished.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
    isFinished.wait()
    return try result.get()
  }

  private func run(_ function: String, _ argumentLists: [[String]]) throws(PublishingError) -> [String] {
    let heap = try loadedHeap()
    var results: [String] = []
    for arguments in argumentLists {
      duk_get_global_string(heap, function)
      for argument in arguments { push(argument, heap) }
      let status = duk_pcall(heap, duk_idx_t(arguments.count))
      let text = popText(heap)
      guard status == 0 else { throw .scriptFailed(library: name, message: text) }
      results.append(text)
    }
    return results
  }

  private func loadedHeap() throws(PublishingError) -> OpaquePointer {
    if let heap { return heap }
    let script = try SystemFiles.text(of: file)
    guard let created = duk_create_heap(nil, nil, nil, nil, nil) else {
      throw .scriptFailed(library: name, message: "no memory")
    }
    var text = prelude + "\n" + script
    let flags = duk_uint_t(
      DUK_COMPILE_EVAL | DUK_COMPILE_SAFE | DUK_COMPILE_NOSOURCE | DUK_COMPILE_NOFILENAME)
    let status = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { duk_eval_raw(created, $0.baseAddress, $0.count, flags) }
    }
    let message = popText(created)
    guard status == 0 else {
      duk_destroy_heap(created)
      throw .scriptFailed(library: name, message: message)
    }
    heap = created
    return created
  }

  private func push(_ text: String, _ heap: OpaquePointer) {
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { pointer in
        _ = duk_push_lstring(heap, pointer.baseAddress, pointer.count)
      }
    }
  }

  private func popText(_ heap: OpaquePointer) -> String {
    defer { duk_pop(heap) }
    guard let text = duk_safe_to_lstring(heap, -1, nil) else { return "" }
    return String(cString: text)
  }
}

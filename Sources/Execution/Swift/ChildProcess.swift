import Foundation

/// A child in a process group of its own, so that it and all its children can be ended together.
final class ChildProcess {
  /// How a child ended.
  enum End: Equatable {
    case exited(Int32)
    case signaled(Int32)
  }

  let identifier: pid_t

  /// Starts a program.
  ///
  /// `descriptors` maps the child's descriptors to ours. Nil if it cannot start.
  init?(_ arguments: [String], environment: [String: String], descriptors: [(child: Int32, ours: Int32)]) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A cell that reads would wait for the author's keyboard.
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (child, ours) in descriptors { posix_spawn_file_actions_adddup2(&actions, ours, child) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var argumentPointers = arguments.map { strdup($0) } + [nil]
    var environmentPointers =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
    var identifier: pid_t = 0
    guard
      posix_spawn(&identifier, arguments[0], &actions, &attributes, &argumentPointers, &environmentPointers)
        == 0
    else { return nil }
    self.identifier = identifier
    ChildProcessGroups.shared.insert(identifier)
  }

  /// Ends the child and its children at once.
  func kill() { Foundation.kill(-identifier, SIGKILL) }

  /// Waits for the end; programs that the child has started end with it.
  func wait() -> End {
    var information = siginfo_t()
    while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) == -1, errno == EINTR { continue }
    kill()
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) == -1, errno == EINTR { continue }
    ChildProcessGroups.shared.remove(identifier)
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signaled(signal)
  }
}

/// The process groups of all children that run: an interrupt ends them too.
package final class ChildProcessGroups: @unchecked Sendable {
  /// The groups of this process.
  package static let shared = ChildProcessGroups()
  private let lock = NSLock()
  private var groups: Set<pid_t> = []

  func insert(_ group: pid_t) { lock.withLock { _ = groups.insert(group) } }
  func remove(_ group: pid_t) { lock.withLock { _ = groups.remove(group) } }

  /// Ends all children at once.
  package func killAll() {
    lock.withLock { for group in groups { kill(-group, SIGKILL) } }
  }
}

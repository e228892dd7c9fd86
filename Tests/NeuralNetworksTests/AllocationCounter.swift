#if canImport(Glibc)
  import Glibc
  import Synchronization

  // The allocator of the test program: glibc's, with a count of what one thread asks it for. A function of this name
  // in a program is taken before the C library's by all libraries, which is how glibc wants it replaced.

  @_silgen_name("__libc_malloc") private func plainAllocate(_ size: Int) -> UnsafeMutableRawPointer?
  @_silgen_name("__libc_calloc")
  private func plainAllocateZeros(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer?
  @_silgen_name("__libc_realloc")
  private func plainResize(_ old: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer?
  @_silgen_name("__libc_memalign")
  private func plainAlign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer?
  @_silgen_name("malloc_usable_size") private func sizeOf(_ memory: UnsafeMutableRawPointer?) -> Int
  @_silgen_name("__libc_free") private func plainFree(_ memory: UnsafeMutableRawPointer?)

  // Only the watched thread writes the counts, and only it may read them while it is watched.
  nonisolated(unsafe) private var watchedThread: pthread_t = 0
  nonisolated(unsafe) private var callCount = 0
  nonisolated(unsafe) private var byteCount = 0

  private func noted(_ memory: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard watchedThread != 0, watchedThread == pthread_self() else { return memory }
    callCount += 1
    byteCount += sizeOf(memory)
    return memory
  }

  private func forget(_ memory: UnsafeMutableRawPointer?) {
    guard watchedThread != 0, watchedThread == pthread_self() else { return }
    byteCount -= sizeOf(memory)
  }

  @_cdecl("malloc") public func countedAllocate(_ size: Int) -> UnsafeMutableRawPointer? {
    noted(plainAllocate(size))
  }

  @_cdecl("calloc") public func countedAllocateZeros(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    noted(plainAllocateZeros(count, size))
  }

  @_cdecl("realloc")
  public func countedResize(_ old: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
    forget(old)
    return noted(plainResize(old, size))
  }

  @_cdecl("memalign")
  public func countedAlign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    noted(plainAlign(alignment, size))
  }

  @_cdecl("aligned_alloc")
  public func countedAllocateAligned(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    noted(plainAlign(alignment, size))
  }

  @_cdecl("posix_memalign")
  public func countedPlaceAligned(
    _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: Int, _ size: Int
  ) -> CInt {
    guard let memory = plainAlign(alignment, size) else { return ENOMEM }
    result.pointee = noted(memory)
    return 0
  }

  @_cdecl("free") public func countedFree(_ memory: UnsafeMutableRawPointer?) {
    forget(memory)
    plainFree(memory)
  }

  /// Counts what the calling thread allocates.
  enum AllocationCounter {
    private static let isWatching = Mutex(())

    /// How often memory was asked for while a body ran, and how much more is in use behind it.
    static func count(_ body: () throws -> Void) rethrows -> (calls: Int, bytes: Int) {
      try isWatching.withLock { _ in
        (callCount, byteCount) = (0, 0)
        watchedThread = pthread_self()
        defer { watchedThread = 0 }
        try body()
        watchedThread = 0
        return (callCount, byteCount)
      }
    }
  }
#endif

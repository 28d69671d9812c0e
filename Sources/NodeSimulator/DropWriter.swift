internal import Foundation
internal import NIOCore
internal import NIOPosix

/// A node that drops files into a folder: each under a hidden name first, then renamed; the oldest are removed. Lives on
/// the event loop; writing is done on threads that may wait.
final class DropWriter {
  /// Files that stay.
  private static let keptFiles = 20

  private let desk: NodeDesk
  private let board: NodeBoard
  private let folder: String
  private let loop: any EventLoop
  private var isWriting = false
  private var number = 0

  init(desk: NodeDesk, board: NodeBoard, folder: String, loop: any EventLoop) {
    self.desk = desk
    self.board = board
    self.folder = folder
    self.loop = loop
  }

  /// A picture is due.
  func tick(fault: NodeFaultKind?) {
    guard fault != .stall else { return }
    guard !isWriting else {
      desk.figures.skipped += 1
      return
    }
    isWriting = true
    number += 1
    let picture =
      switch fault {
      case .cut: desk.current.getSlice(at: 0, length: desk.current.readableBytes / 2) ?? ByteBuffer()
      case .garbage: board.garbage
      default: desk.current
      }
    let isWhole = fault != .cut && fault != .garbage
    let (folder, number) = (folder, number)
    NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
      try Self.write(picture, number: number, folder: folder, clockAhead: fault == .clockJump)
    }.assumeIsolated().whenComplete { [self] result in
      isWriting = false
      if isWhole, case .success = result { desk.noteSent(picture.readableBytes, fault: fault) }
    }
  }

  private static func name(_ number: Int) -> String {
    let digits = String(number)
    return "P\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).jpg"
  }

  private static func write(
    _ picture: ByteBuffer, number: Int, folder: String, clockAhead: Bool
  ) throws {
    let files = FileManager.default
    let (hidden, final) = ("\(folder)/.\(name(number)).part", "\(folder)/\(name(number))")
    try Data(picture.readableBytesView).write(to: URL(filePath: hidden))
    if clockAhead {
      try files.setAttributes([.modificationDate: Date(timeIntervalSinceNow: 3600)], ofItemAtPath: hidden)
    }
    try files.moveItem(atPath: hidden, toPath: final)
    let old = number - keptFiles
    if old > 0 { try? files.removeItem(atPath: "\(folder)/\(name(old))") }
  }
}

import Foundation

/// The order of the characters of a line from the left.
///
/// Letters that are read from the right are turned around run by run, with the spaces and signs between them;
/// numbers keep their direction. This is the part of Unicode's bidirectional algorithm that labels need.
enum TextOrder {
  /// The characters from the left, accents joined with their letters where the font may have both as one.
  static func visual(_ text: String) -> [Character] {
    let characters = Array(text.precomposedStringWithCanonicalMapping)
    guard characters.contains(where: isFromRight) else { return characters }
    var result: [Character] = []
    var index = 0
    while index < characters.count {
      guard isFromRight(characters[index]) else {
        result.append(characters[index])
        index += 1
        continue
      }
      // The run ends with its last letter from the right before the next one from the left.
      var end = index + 1
      var next = end
      while next < characters.count, !isFromLeft(characters[next]) {
        next += 1
        if isFromRight(characters[next - 1]) { end = next }
      }
      result += turned(characters[index..<end])
      index = end
    }
    return result
  }

  private static func turned(_ run: ArraySlice<Character>) -> [Character] {
    var result: [Character] = []
    var rest = run
    while let last = rest.popLast() {
      guard last.isNumber else {
        result.append(mirrored(last))
        continue
      }
      var number = [last]
      while let digit = rest.last, digit.isNumber || digit == "." || digit == "," {
        number.append(digit)
        rest.removeLast()
      }
      result += number.reversed()
    }
    return result
  }

  private static func mirrored(_ character: Character) -> Character {
    switch character {
    case "(": ")"
    case ")": "("
    case "[": "]"
    case "]": "["
    default: character
    }
  }

  private static func isFromLeft(_ character: Character) -> Bool {
    character.isLetter && !isFromRight(character)
  }

  /// Hebrew, Arabic and their neighbors, with the forms for presentation.
  private static func isFromRight(_ character: Character) -> Bool {
    switch character.unicodeScalars.first?.value ?? 0 {
    case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfefe, 0x10800...0x10fff, 0x1e800...0x1efff:
      !character.isNumber
    default: false
    }
  }
}

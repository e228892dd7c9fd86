/// The settings at the top of a document.
package struct FrontMatter: Sendable { package init() {} }
/// The options of a cell.
package struct CellOptions: Sendable { package init() {} }
/// Markdown between fences.
package struct Prose: Sendable { package var inlineValues: [InlineValue] { [] } }

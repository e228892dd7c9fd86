// The plot types arrive with the plotting library.
/// A figure as a value.
public struct Figure: Codable, Sendable {}

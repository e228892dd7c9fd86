/// A directed graph whose nodes have sizes: what a layered layout places.
///
/// Layers follow each other along one axis; within a layer things stand across it. Which axis of the canvas is
/// which is the caller's choice.
struct LayeredGraph {
  /// The space that something takes along the order of the layers and across it.
  struct Extent: Hashable {
    var along: Double
    var across: Double
  }

  /// A connection of two nodes by their indices; one of a node with itself takes no part in the layout.
  struct Edge: Hashable {
    var from: Int
    var to: Int
    /// The space of the edge's label, which is kept free on its way.
    var label: Extent?
  }

  var nodes: [Extent]
  var edges: [Edge]
}

/// Distances of a layered layout.
struct LayeredSpacing: Hashable {
  /// Between layers of nodes.
  var layers = 34.0
  /// Between neighbors in a layer.
  var neighbors = 16.0
  /// What an edge that passes a layer takes there.
  var passage = 4.0
}

/// Where a layered layout puts nodes and edges.
struct LayeredPlaces {
  /// A place by its position along the order of the layers and across it.
  struct Place: Hashable {
    var along: Double
    var across: Double
  }

  /// A layer's extent along their order.
  struct Layer: Hashable {
    var start: Double
    var end: Double
  }

  /// The way of an edge through the layers between its nodes, from the lower layer to the higher one.
  struct Route {
    /// The layers that it passes, and where it passes them.
    var passages: [(layer: Int, across: Double)]
    /// Whether it leads from the higher layer to the lower one, against the order.
    var isReversed: Bool
    /// The middle of its label.
    var label: Place?
  }

  /// The middles of the nodes.
  var nodes: [Place]
  /// The layer of each node.
  var layerOfNode: [Int]
  var layers: [Layer]
  /// The way of each edge; nil for an edge of a node with itself.
  var routes: [Route?]
  /// The extent of everything.
  var extent: LayeredGraph.Extent
}

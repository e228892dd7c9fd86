// The target's members arrive with their slices.

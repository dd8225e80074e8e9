namespace Nonsmooth.Answers;

/// <summary>How far one element of a node is from its kink.</summary>
/// <param name="Node">The node, of the program written with few kinds of kinks.</param>
/// <param name="Element">The element of its result, row-major.</param>
/// <param name="Gap">The distance of its argument from the kink, or of the two that compete: positive.</param>
/// <param name="Error">How far that distance may be off by the rounding of the values: smaller than the gap.</param>
public sealed record KinkGap(string Node, int Element, double Gap, double Error);

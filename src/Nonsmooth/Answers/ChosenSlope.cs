namespace Nonsmooth.Answers;

/// <summary>What a selection takes at one element of a kinked node that sits on its kink.</summary>
/// <param name="Node">The node, of the program written with few kinds of kinks: a node of the program itself, or one that its function is written as.</param>
/// <param name="Kink">Which of the node's kinks, from 0.</param>
/// <param name="Element">The element of its result (of its argument for a norm), row-major.</param>
/// <param name="Slope">A slope, the weight of the first of two that tie, or an entry of a norm's gradient.</param>
public sealed record ChosenSlope(string Node, int Kink, int Element, double Slope);

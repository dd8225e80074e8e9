using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>One element of a node at one of its kinks.</summary>
/// <param name="Node">The node.</param>
/// <param name="Element">The element of its result.</param>
/// <param name="Value">The argument's distance from the kink, signed: 0 where they tie.</param>
/// <param name="HalfGap">Half of what the slope jumps by: the coefficient of the absolute value.</param>
internal sealed record SwitchUnit(Node Node, int Element, double Value, Dyadic HalfGap);

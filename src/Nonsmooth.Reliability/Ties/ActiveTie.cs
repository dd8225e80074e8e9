namespace Nonsmooth.Reliability.Ties;

/// <summary>A tie, where it is, and what reached it: blame down to the element.</summary>
/// <param name="Site">The node's name.</param>
/// <param name="Run">Which run of the observed program, from 0.</param>
/// <param name="Index">Its place in the result: of a pooling layer sample, channel, row, column.</param>
/// <param name="Value">The value that is tied; of a function of one variable the argument.</param>
/// <param name="Cotangent">The derivative of the loss in the site's result there.</param>
public sealed record ActiveTie(string Site, int Run, IReadOnlyList<int> Index, double Value, double Cotangent);

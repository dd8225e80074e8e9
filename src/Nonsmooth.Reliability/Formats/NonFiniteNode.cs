namespace Nonsmooth.Reliability.Formats;

/// <summary>Where a run first had a number that is not finite.</summary>
/// <param name="Run">Which run, from 0.</param>
/// <param name="Node">The node's name; an input's where a number does not fit the format before anything is computed.</param>
/// <param name="Function">The node's function; <c>input</c> for an input.</param>
/// <param name="Element">The first such element, row-major, of its first such result.</param>
/// <param name="Value">NaN or an infinity.</param>
/// <param name="Count">How many such elements the result has.</param>
public sealed record NonFiniteNode(int Run, string Node, string Function, long Element, double Value, long Count);

using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Lower and upper bounds of coordinates.</summary>
internal static class Bounds
{
    /// <exception cref="ShapeException">A bound has not as many elements as there are unknowns.</exception>
    public static void CheckShapes(int unknowns, Shape low, Shape high)
    {
        foreach (var (name, shape) in (ReadOnlySpan<(string, Shape)>)[("low", low), ("high", high)])
        {
            if (shape[0] != unknowns)
            {
                throw new ShapeException($"{name} has {shape[0]} elements: give one for each of {unknowns} unknowns");
            }
        }
    }

    /// <exception cref="InfeasibleProblemException">A lower bound is above its upper bound.</exception>
    public static void Check(double[] low, double[] high)
    {
        int bad = Enumerable.Range(0, low.Length).FirstOrDefault(i => low[i] > high[i], -1);
        if (bad >= 0)
        {
            throw new InfeasibleProblemException(
                FormattableString.Invariant($"low is {low[bad]} and high {high[bad]} at element {bad}: give low at most high"), low[bad] - high[bad]);
        }
    }
}

namespace Nonsmooth.Conservativity;

/// <summary>A function and a rule of one's own, variables between −2 and 2 or around a point.</summary>
internal sealed class DelegateRule(
    Func<double[], double> function, Func<double[], double[]> rule, int variables, IReadOnlyList<double> kinks) : IDerivativeRule
{
    public IReadOnlyList<(double Low, double High)> Ranges { get; } = [.. Enumerable.Repeat((Math.Min(-2, kinks.DefaultIfEmpty(0).Min() - 1), Math.Max(2, kinks.DefaultIfEmpty(0).Max() + 1)), variables)];

    public IReadOnlyList<double> Kinks { get; } = [0, 0, 1, -1, .. kinks];

    public double Value(double[] x) => function(x);

    public double[] Gradient(double[] x) => rule(x) is var gradient && gradient.Length == variables
        ? gradient
        : throw new NonsmoothException($"the rule's gradient has {gradient.Length} entries for {variables} variables");

    public double? Tangent(double[] x, double[] direction) => null;
}

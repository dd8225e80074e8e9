namespace Nonsmooth.Solutions.Tests.Recorded;

/// <summary>A problem of the recorded solutions, with its derivative at 60 digits.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Template">The exact class of problems.</param>
/// <param name="Expected"><c>gradient</c>, <c>set</c> or <c>refuse</c>.</param>
/// <param name="Data">What is differentiated, in the file's order.</param>
/// <param name="Cotangent">The loss is its inner product with the solution.</param>
internal sealed record RecordedSolution(string Name, string Template, string Expected, IReadOnlyList<(string Name, Tensor<double> Value)> Data, Tensor<double> Cotangent)
{
    /// <summary>The solution; null where there is none, or not one.</summary>
    public Tensor<double>? Solution { get; init; }

    /// <summary>What is not differentiated: labels, weights.</summary>
    public required IReadOnlyDictionary<string, Tensor<double>> Constants { get; init; }

    /// <summary>The gradient, by tensor; without those that have none.</summary>
    public required IReadOnlyDictionary<string, double[]> Gradient { get; init; }

    /// <summary>The gradients whose convex hull is admissible; empty without any.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, double[]>> Branches { get; init; }

    /// <summary>The set of gradients in words; null where there is one gradient.</summary>
    public string? Set { get; init; }

    /// <summary>What each library's answer was judged to be: <c>right</c>, <c>near</c>, <c>silent</c>, <c>nonfinite</c>, <c>warned</c>, <c>refused</c>.</summary>
    public required IReadOnlyDictionary<string, string> Verdicts { get; init; }

    /// <summary>A tensor that is differentiated.</summary>
    public Tensor<double> this[string name] => Data.First(d => d.Name == name).Value;

    /// <summary>The file's measure: of each tensor the largest error over its largest entry (the error itself of a tensor of zeros), and of these the largest.</summary>
    /// <param name="given">A gradient, by tensor: one for each in the other, at least.</param>
    /// <param name="truth">The gradient.</param>
    public static double Error(IReadOnlyDictionary<string, double[]> given, IReadOnlyDictionary<string, double[]> truth) =>
        truth.Max(t => Error(given[t.Key], t.Value));

    /// <summary>The measure of one tensor; ∞ where numbers are missing or not finite.</summary>
    public static double Error(double[] given, double[] truth)
    {
        double size = truth.Max(Math.Abs);
        double error = given.Length == truth.Length ? given.Zip(truth, (g, t) => Math.Abs(g - t)).Max() : double.PositiveInfinity;
        return double.IsNaN(error) ? double.PositiveInfinity : error / (size > 0 ? size : 1);
    }

    /// <summary>The measure of the nearest point of the branches' convex hull, by least squares on each of its faces.</summary>
    public double HullError(IReadOnlyDictionary<string, double[]> given)
    {
        double best = double.PositiveInfinity;
        for (int face = 1; face < 1 << Branches.Count; face++)
        {
            var corners = Branches.Where((_, i) => (face >> i & 1) == 1).ToArray();
            if (Hull.Weights([.. corners.Select(Flat)], Flat(given)) is { } weights)
            {
                best = Math.Min(best, Error(given, Mean(corners, weights)));
            }
        }

        return best;
    }

    private double[] Flat(IReadOnlyDictionary<string, double[]> gradient) => [.. Branches[0].Keys.SelectMany(k => gradient[k])];

    private static Dictionary<string, double[]> Mean(IReadOnlyDictionary<string, double[]>[] corners, double[] weights) =>
        corners[0].Keys.ToDictionary(k => k, k => Enumerable.Range(0, corners[0][k].Length).Select(e => corners.Zip(weights, (c, w) => w * c[k][e]).Sum()).ToArray());
}

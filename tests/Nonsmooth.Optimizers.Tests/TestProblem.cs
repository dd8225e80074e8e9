namespace Nonsmooth.Optimizers.Tests;

/// <summary>A smooth function with its gradient and a start.</summary>
internal sealed record TestProblem(double[] Start, Func<double[], double> Value, Func<double[], double[]> Gradient)
{
    /// <summary>Half of Σ hᵢxᵢ², h from 0.5 to 8.</summary>
    public static TestProblem Quadratic { get; } = new(
        [1, -1, 0.5, -0.5, 1],
        x => x.Select((xi, i) => 0.25 * Math.Pow(2, i) * xi * xi).Sum(),
        x => [.. x.Select((xi, i) => 0.5 * Math.Pow(2, i) * xi)]);

    public static TestProblem Rosenbrock { get; } = new(
        [-1.2, 1],
        x => Math.Pow(1 - x[0], 2) + (100 * Math.Pow(x[1] - (x[0] * x[0]), 2)),
        x => [(-2 * (1 - x[0])) - (400 * x[0] * (x[1] - (x[0] * x[0]))), 200 * (x[1] - (x[0] * x[0]))]);

    /// <summary>Gradients of many sizes, with exact zeros, that depend on the step alone.</summary>
    public static double[] Rough(int length, int step)
    {
        var random = new Random(step);
        return
        [
            .. Enumerable.Range(0, length).Select(i => (i + step) % 7 == 0 ? 0 : (random.NextDouble() - 0.4) * Math.Pow(10, (i % 5) - 2)),
        ];
    }
}

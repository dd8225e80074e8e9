using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Tests;

/// <summary>The rule by which numbers are those that were recorded.</summary>
internal static class Recording
{
    /// <summary>Requires a difference of at most 1e-4 of the largest recorded number, and so much besides.</summary>
    public static void Near(string name, double[] actual, Tensor expected, double absolute)
    {
        double[] theirs = ((Tensor<double>)expected).Elements;
        Assert.Equal(theirs.Length, actual.Length);
        double allowed = (1e-4 * theirs.Max(Math.Abs)) + absolute, worst = actual.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= allowed, $"{name}: {worst:G3} apart, allowed {allowed:G3}");
    }
}

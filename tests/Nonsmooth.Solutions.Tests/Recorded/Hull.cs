using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions.Tests.Recorded;

/// <summary>Convex combinations.</summary>
internal static class Hull
{
    /// <summary>Weights of sum 1 with which some points come nearest to another; null where one would be negative.</summary>
    public static double[]? Weights(double[][] corners, double[] point)
    {
        if (corners.Length == 1)
        {
            return [1];
        }

        // Of the first corner what the others leave.
        var edges = Matrix<double>.Build.Dense(point.Length, corners.Length - 1, (e, c) => corners[c + 1][e] - corners[0][e]);
        var to = Vector<double>.Build.Dense(point.Length, e => point[e] - corners[0][e]);
        var others = edges.PseudoInverse() * to;
        double[] weights = [1 - others.Sum(), .. others];
        return weights.Min() < -1e-9 ? null : weights;
    }
}

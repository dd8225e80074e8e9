using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>What a sparse group lasso's solver and derivative share: correlations, groups, the penalty's curvature.</summary>
internal sealed class GroupLassoData
{
    private readonly IntVector _groups;

    public GroupLassoData(Problem problem, IntVector groups)
    {
        _groups = groups;
        X = problem.Matrix(0);
        Gram = X.TransposeThisAndMultiply(X);
        Known = X.TransposeThisAndMultiply(problem.Vector(1));
        (Lambda1, Lambda2) = (problem.Number(2), problem.Number(3));
        Members = [.. Enumerable.Range(0, groups.DefaultIfEmpty(-1).Max() + 1).Select(g => Enumerable.Range(0, groups.Count).Where(j => groups[j] == g).ToArray())];
    }

    public Matrix<double> X { get; }

    public Matrix<double> Gram { get; }

    public Vector<double> Known { get; }

    public double Lambda1 { get; }

    public double Lambda2 { get; }

    /// <summary>The coefficients of each group.</summary>
    public int[][] Members { get; }

    public int Group(int coefficient) => _groups[coefficient];

    public double Penalty(int group) => Lambda2 * Math.Sqrt(Members[group].Length);

    public double Norm(int group, IReadOnlyList<double> beta) => Math.Sqrt(Members[group].Sum(j => beta[j] * beta[j]));

    /// <summary>Xᵀ(y − Xβ).</summary>
    public Vector<double> Correlations(double[] beta) => Known - (Gram * Vector<double>.Build.DenseOfArray(beta));

    public static double Soft(double x, double threshold) => Math.Sign(x) * Math.Max(0, Math.Abs(x) - threshold);

    /// <summary>The second derivative of the objective between two coefficients of groups that are not 0.</summary>
    public double Curvature(int j, int k, double[] beta)
    {
        int g = Group(j);
        double norm = Norm(g, beta);
        return Gram[j, k] + (Group(k) != g || norm == 0 ? 0 : Penalty(g) / norm * ((j == k ? 1 : 0) - (beta[j] * beta[k] / (norm * norm))));
    }
}

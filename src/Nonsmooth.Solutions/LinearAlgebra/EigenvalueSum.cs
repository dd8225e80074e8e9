using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The sum of the k largest eigenvalues of a symmetric matrix: a convex function.</summary>
/// <param name="K">How many, from 1 to n.</param>
/// <remarks>
/// <para>Parameter S (n × n), of which the symmetric part counts; result a number. The gradient is the projector on the eigenvectors that count. Kinks where the kth and the next eigenvalue
/// are equal: the projector on the eigenspace then counts in part, so that the trace is k (a subgradient). Equal eigenvalues that all count, or do not, make no kink.
/// One-sided: with the largest eigenvalues of VᵀdS·V of the eigenspace.</para>
/// <para>Counts: those of <see cref="SymmetricEigenvalues"/>. Source: Overton and Womersley (1993).</para>
/// </remarks>
public sealed record EigenvalueSum(int K) : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "eigenvalue_sum";

    /// <inheritdoc/>
    public override string Attributes => $"k={K}";

    /// <inheritdoc/>
    public override string Border => "where the k-th largest eigenvalue and the next are equal";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Symmetric;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => MatrixShapes.Square(parameters[0], "S") is var n && K >= 1 && K <= n
        ? MatrixShapes.Of([Shape.Scalar])
        : throw new ShapeException($"the sum of {K} eigenvalues of {parameters[0]}: use k in [1, {parameters[0][0]}]");

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) =>
        MatrixCount.Eigen(parameters[0][0]) + OperationCount.Of(ScalarOperation.Add, K - 1);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) => MatrixCount.Eigen(parameters[0][0]) + MatrixCount.Turned(parameters[0][0]);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) =>
        [MatrixFormulas.Eigenvalues(piece.Parameters[0], tangents[0]).Slice(-1, -K, int.MaxValue).Sum(-1)];

    private protected override MatrixPoint At(Problem problem)
    {
        var all = new SymmetricEigenvalues.Point(problem.Matrix(0));
        double[] values = all.Spectrum.Values;
        int from = values.Length - K;
        return new SummedPoint(all, values.Length, from, values.Length, from == 0 ? double.PositiveInfinity : values[from] - values[from - 1], all.Spectrum.Tolerance);
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The sum of the k largest eigenvalues of the symmetric part of a matrix.</summary>
    /// <param name="s">…×n×n.</param>
    /// <param name="k">How many, from 1 to n.</param>
    /// <returns>…</returns>
    public static Variable LargestEigenvalues(Variable s, int k) => s.Builder.ApplyAll(new EigenvalueSum(k), s)[0];
}

using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The sum of the k largest singular values: Ky Fan's norm, the spectral norm with k = 1.</summary>
/// <param name="K">How many, at least 1; null for all, which is the nuclear norm.</param>
/// <remarks>
/// <para>Parameter A (m × n), result a number. The gradient is Σuᵢvᵢᵀ over those that count. Kinks where the kth singular value equals the next or is 0: the space of equal ones then
/// counts in part, that of 0 not at all (a subgradient each; of the matrix 0 it is 0). Equal singular values that all count, or do not, make no kink. One-sided: as of <see cref="SingularValues"/>.</para>
/// <para>Counts: those of <see cref="SingularValues"/>. Source: Watson (1992).</para>
/// </remarks>
public sealed record SingularValueSum(int? K = null) : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => K switch { null => "nuclear_norm", 1 => "spectral_norm", _ => "ky_fan_norm" };

    /// <inheritdoc/>
    public override string Attributes => K is null or 1 ? "" : $"k={K}";

    /// <inheritdoc/>
    public override string Border => K switch
    {
        null => "where a singular value is 0",
        1 => "where the largest singular value is not simple, or 0",
        _ => "where the k-th singular value equals the next, or is 0",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = MatrixShapes.Any(parameters[0], "A");
        return K is null || (K >= 1 && K <= Math.Min(m, n))
            ? MatrixShapes.Of([Shape.Scalar])
            : throw new ShapeException($"the sum of {K} singular values of {parameters[0]}: use k in [1, {Math.Min(m, n)}]");
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) =>
        MatrixCount.Singular(parameters[0][0], parameters[0][1]) + OperationCount.Of(ScalarOperation.Add, Count(parameters[0]) - 1);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) => new SingularValues().DerivativeCount(parameters);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) =>
        [MatrixFormulas.SingularValues(piece.Parameters[0], tangents[0]).Slice(-1, 0, K ?? int.MaxValue).Sum(-1)];

    private protected override MatrixPoint At(Problem problem)
    {
        var all = new SingularValues.Point(problem.Matrix(0));
        double[] values = all.Spectrum.Values;
        int count = Count(problem.Shapes[0]);
        double next = count < values.Length ? values[count] : 0;
        return new SummedPoint(all, values.Length, 0, count, values[count - 1] - next, all.Spectrum.Tolerance);
    }

    private int Count(Shape matrix) => K ?? Math.Min(matrix[0], matrix[1]);
}

public static partial class LinearAlgebra
{
    /// <summary>The largest singular value.</summary>
    /// <param name="a">…×m×n.</param>
    /// <returns>…</returns>
    public static Variable SpectralNorm(Variable a) => KyFanNorm(a, 1);

    /// <summary>The sum of all singular values.</summary>
    /// <param name="a">…×m×n.</param>
    /// <returns>…</returns>
    public static Variable NuclearNorm(Variable a) => a.Builder.ApplyAll(new SingularValueSum(), a)[0];

    /// <summary>The sum of the k largest singular values.</summary>
    /// <param name="a">…×m×n.</param>
    /// <param name="k">How many, from 1 to min(m, n).</param>
    /// <returns>…</returns>
    public static Variable KyFanNorm(Variable a, int k) => a.Builder.ApplyAll(new SingularValueSum(k), a)[0];
}

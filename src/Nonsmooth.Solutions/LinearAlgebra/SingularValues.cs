using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The singular values of a matrix in descending order.</summary>
/// <remarks>
/// <para>Parameter A (m × n), results min(m, n) numbers. dσᵢ = uᵢᵀdA·vᵢ. Kinks where singular values are equal (within 64·max(m, n)·ε of the largest) or 0: of equal ones each takes
/// the mean over their space, of those at 0 the derivative 0, both in Clarke's Jacobian. One-sided: the eigenvalues of the symmetric part of UᵀdA·V of the space, descending; at 0
/// the singular values of UᵀdA·V of the null spaces.</para>
/// <para>Counts: nominally 4mn·min + 9·min³ multiply-adds. Source: Stewart and Sun (1990); Lewis and Sendov (2005).</para>
/// </remarks>
public sealed record SingularValues : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "svdvals";

    /// <inheritdoc/>
    public override string Border => "where singular values are equal, or 0";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = MatrixShapes.Any(parameters[0], "A");
        return MatrixShapes.Of([new Shape(Math.Min(m, n))]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => MatrixCount.Singular(parameters[0][0], parameters[0][1]);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = ((long)parameters[0][0], (long)parameters[0][1]);
        return SolveCount(parameters) + DenseCount.MultiplyAdds(2 * m * n * Math.Min(m, n));
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) =>
        [MatrixFormulas.SingularValues(piece.Parameters[0], tangents[0])];

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    /// <summary>Shared with what sums them.</summary>
    internal sealed class Point(Matrix<double> a) : MatrixPoint
    {
        public SingularSpectrum Spectrum { get; } = new(a);

        public override IReadOnlyList<double[]> Values => [Spectrum.Values];

        public override IReadOnlyList<Margin> Margins =>
            [.. Spectrum.Clusters.Margins.Select((m, i) => i < Spectrum.Rank ? m with { Distance = Math.Min(m.Distance, Spectrum.Values[i]) }
                : new Margin(i, Spectrum.Values[i], true, true))];

        public override double Condition => Math.Max(Spectrum.Condition, Spectrum.IsFull ? Spectrum.Ratio : 1);

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) => [Means([.. Spectrum.Inside(tangents[0]).Diagonal()])];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => [Spectrum.Between(Means(cotangents[0])).ToRowMajorArray()];

        public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
        {
            var inside = Spectrum.Inside(direction[0]);
            int rank = Spectrum.Rank;
            var moved = Spectrum.Clusters.All.Where(c => c.Start < rank).SelectMany(c => SymmetricSpectrum.ValuesOf(
                inside.SubMatrix(c.Start, c.End - c.Start, c.Start, c.End - c.Start)).Reverse());
            return [[.. moved, .. Spectrum.IsFull ? [] : inside.SubMatrix(rank, inside.RowCount - rank, rank, inside.ColumnCount - rank).Svd(false).S.ToArray()]];
        }

        private double[] Means(IReadOnlyList<double> weights) =>
            [.. Spectrum.Clusters.Means(weights).Select((w, i) => i < Spectrum.Rank ? w : 0)];
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The singular values, descending.</summary>
    /// <param name="a">…×m×n.</param>
    /// <returns>…×min(m, n).</returns>
    public static Variable SingularValues(Variable a) => a.Builder.ApplyAll(new SingularValues(), a)[0];
}

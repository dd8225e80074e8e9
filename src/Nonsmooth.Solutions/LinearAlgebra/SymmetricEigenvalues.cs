using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The eigenvalues of a symmetric matrix in ascending order.</summary>
/// <remarks>
/// <para>Parameter S (n × n), of which the symmetric part counts; its cotangent is symmetric. dλᵢ = vᵢᵀdS·vᵢ. Kinks where eigenvalues are equal (within 64·n·ε of the largest
/// size): there each takes the mean over the eigenspace, tr(PdS)/m, which does not depend on a basis and is in Clarke's Jacobian. A loss that weighs equal
/// eigenvalues alike has that gradient. One-sided: the eigenvalues of VᵀdS·V of the eigenspace, ascending.</para>
/// <para>Counts: nominally 9n³ multiply-adds. Source: Rellich (1969); Lewis (1996).</para>
/// </remarks>
public sealed record SymmetricEigenvalues : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "eigvalsh";

    /// <inheritdoc/>
    public override string Border => "where eigenvalues are equal";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Symmetric;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => MatrixShapes.Of([new Shape(MatrixShapes.Square(parameters[0], "S"))]);

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => MatrixCount.Eigen(parameters[0][0]);

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) => MatrixCount.Eigen(parameters[0][0]) + MatrixCount.Turned(parameters[0][0]);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) =>
        [MatrixFormulas.Eigenvalues(piece.Parameters[0], tangents[0])];

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    /// <summary>Shared with what sums them.</summary>
    internal sealed class Point(Matrix<double> s) : MatrixPoint
    {
        public SymmetricSpectrum Spectrum { get; } = new(s);

        public override IReadOnlyList<double[]> Values => [Spectrum.Values];

        public override IReadOnlyList<Margin> Margins => Spectrum.Clusters.Margins;

        public override double Condition => Spectrum.Condition;

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) =>
            [Spectrum.Clusters.Means([.. Spectrum.Inside(tangents[0]).Diagonal()])];

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => [Spectrum.Outside(Spectrum.Clusters.Means(cotangents[0]))];

        public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
        {
            var inside = Spectrum.Inside(direction[0]);
            return [[.. Spectrum.Clusters.All.SelectMany(c =>
                SymmetricSpectrum.ValuesOf(inside.SubMatrix(c.Start, c.End - c.Start, c.Start, c.End - c.Start)))]];
        }
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The eigenvalues of the symmetric part of a matrix, ascending.</summary>
    /// <param name="s">…×n×n.</param>
    /// <returns>…×n.</returns>
    public static Variable SymmetricEigenvalues(Variable s) => s.Builder.ApplyAll(new SymmetricEigenvalues(), s)[0];
}

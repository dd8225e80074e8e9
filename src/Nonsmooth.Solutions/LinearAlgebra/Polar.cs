using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The polar factor UVᵀ of A = UΣVᵀ: the nearest matrix with orthonormal columns, or rows.</summary>
/// <remarks>
/// <para>Parameter A (m × n), result m × n. In the bases of singular vectors, with M = UᵀdA·V, the derivative has (Mᵢⱼ − Mⱼᵢ)/(σᵢ + σⱼ), and Mᵢⱼ/σ beside the thin bases: its own transpose, and
/// finite at equal singular values. Smooth where A has full rank; elsewhere it is not unique, and the derivative is refused.</para>
/// <para>Counts: a singular value decomposition and products. Source: Higham (1986); Kenney and Laub (1991).</para>
/// </remarks>
public sealed record Polar : MatrixMap
{
    /// <inheritdoc/>
    public override string Name => "polar";

    /// <inheritdoc/>
    public override string Border => "where A has not full rank (refused)";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => One;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters)
    {
        _ = MatrixShapes.Any(parameters[0], "A");
        return MatrixShapes.Of([parameters[0]]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = ((long)parameters[0][0], (long)parameters[0][1]);
        return MatrixCount.Singular(m, n) + DenseCount.MultiplyAdds(m * n * Math.Min(m, n));
    }

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters)
    {
        var (m, n) = ((long)parameters[0][0], (long)parameters[0][1]);
        return MatrixCount.Singular(m, n) + DenseCount.MultiplyAdds(2 * m * n * (m + n)) + OperationCount.Of(ScalarOperation.Divide, m * n);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (a, u) = (piece.Parameters[0], piece.Values[0]);
        var inner = Functions.MatMul(u, a, transposeLeft: true);
        return [a - Functions.MatMul(u, MatrixFormulas.Symmetric(inner))];
    }

    private protected override MatrixPoint At(Problem problem) => new Point(problem.Matrix(0));

    private sealed class Point(Matrix<double> a) : MatrixPoint
    {
        private readonly SingularSpectrum _spectrum = new(a);

        public override IReadOnlyList<double[]> Values => [_spectrum.Between(Array.ConvertAll(_spectrum.Values, _ => 1.0)).ToRowMajorArray()];

        public override double Condition => _spectrum.Ratio;

        public override Invertibility Invertibility => _spectrum.IsFull ? Invertibility.AllElements : Invertibility.Fails;

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
        {
            if (!_spectrum.IsFull)
            {
                throw _spectrum.NotFull("the polar factor has no derivative where it is not unique");
            }

            double[] s = _spectrum.Values;
            var inside = _spectrum.Inside(tangents[0]);
            var moved = inside.MapIndexed(
                (i, j, x) => i < s.Length && j < s.Length ? (x - inside[j, i]) / (s[i] + s[j]) : x / s[Math.Min(i, j)], Zeros.Include);
            return [(_spectrum.Left * moved).TransposeAndMultiply(_spectrum.Right).ToRowMajorArray()];
        }

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Tangent(cotangents);
    }
}

public static partial class LinearAlgebra
{
    /// <summary>The polar factor: the nearest matrix of orthonormal columns (of a tall matrix) or rows.</summary>
    /// <param name="a">…×m×n, of full rank for a derivative.</param>
    public static Variable Polar(Variable a) => a.Builder.ApplyAll(new Polar(), a)[0];
}

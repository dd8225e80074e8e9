using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Solutions;

/// <summary>The square root of a positive semidefinite matrix: the positive semidefinite X with X² = S.</summary>
/// <remarks>Divided differences 1/(√x + √y). An eigenvalue below 0, but for rounding, is refused; at one of 0 there is a value, and the derivative, which is infinite, is refused. See <see cref="SymmetricFunction"/>.</remarks>
public sealed record SymmetricSqrt : SymmetricFunction
{
    /// <inheritdoc/>
    public override string Name => "sqrtm";

    /// <inheritdoc/>
    public override string Border => "where an eigenvalue is 0 (refused)";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece)
    {
        var (s, x) = (piece.Parameters[0], piece.Values[0]);
        return [Functions.MatMul(x, x) - MatrixFormulas.Symmetric(s)];
    }

    private protected override ScalarOperation Operation => ScalarOperation.Sqrt;

    private protected override double Value(double x) => Math.Sqrt(x);

    private protected override double Difference(double x, double y) => 1 / (Math.Sqrt(x) + Math.Sqrt(y));

    private protected override double[] Domain(SymmetricSpectrum spectrum) => spectrum.Values[0] < -spectrum.Tolerance
        ? throw Outside(spectrum.Values[0], "a positive semidefinite matrix")
        : Array.ConvertAll(spectrum.Values, v => Math.Max(0, v));

    private protected override string? NotDifferentiable(SymmetricSpectrum spectrum) => spectrum.Values[0] <= spectrum.Tolerance
        ? FormattableString.Invariant($"the square root has no derivative: S has the eigenvalue {spectrum.Values[0]:G3}, 0 to rounding; add a multiple of the identity")
        : null;

    private protected override double ConditionOf(SymmetricSpectrum spectrum) => spectrum.Size / Math.Max(0, spectrum.Values[0]);
}

public static partial class LinearAlgebra
{
    /// <summary>The positive semidefinite square root of the symmetric part of a matrix.</summary>
    /// <param name="s">…×n×n, positive semidefinite; definite for a derivative.</param>
    public static Variable SymmetricSqrt(Variable s) => s.Builder.ApplyAll(new SymmetricSqrt(), s)[0];
}

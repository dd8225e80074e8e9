using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Solutions;

/// <summary>The exponential of a symmetric matrix.</summary>
/// <remarks>Divided differences exp((x + y)/2)·sinh(h)/h with h = (x − y)/2. One that overflows is refused. See <see cref="SymmetricFunction"/>.</remarks>
public sealed record SymmetricExp : SymmetricFunction
{
    private const double _largest = 709.7;

    /// <inheritdoc/>
    public override string Name => "expm";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) =>
        [MatrixFormulas.Turned(piece.Parameters[0], tangents[0], Functions.Exp, Functions.Exp)];

    private protected override ScalarOperation Operation => ScalarOperation.Exp;

    private protected override double Value(double x) => Math.Exp(x);

    // For h above 1 the exponentials apart, which cannot overflow before the result does.
    private protected override double Difference(double x, double y)
    {
        double h = Math.Abs(x - y) / 2;
        return h > 1 ? (Math.Exp(x) - Math.Exp(y)) / (x - y)
            : Math.Exp((x + y) / 2) * (h < 1e-3 ? 1 + (h * h / 6) : Math.Sinh(h) / h);
    }

    private protected override double[] Domain(SymmetricSpectrum spectrum) => spectrum.Values[^1] > _largest
        ? throw Outside(spectrum.Values[^1], "eigenvalues up to 709.7, whose exponentials are numbers")
        : spectrum.Values;

    private protected override double ConditionOf(SymmetricSpectrum spectrum) => 1 + spectrum.Size;
}

public static partial class LinearAlgebra
{
    /// <summary>The exponential of the symmetric part of a matrix.</summary>
    /// <param name="s">…×n×n.</param>
    public static Variable SymmetricExp(Variable s) => s.Builder.ApplyAll(new SymmetricExp(), s)[0];
}

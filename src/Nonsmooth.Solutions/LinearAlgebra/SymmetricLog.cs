using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Solutions;

/// <summary>The logarithm of a positive definite matrix: the symmetric X with exp(X) = S.</summary>
/// <remarks>Divided differences 2·artanh(t)/(x − y) with t = (x − y)/(x + y). An eigenvalue that is not above 0 to rounding is refused. See <see cref="SymmetricFunction"/>.</remarks>
public sealed record SymmetricLog : SymmetricFunction
{
    /// <inheritdoc/>
    public override string Name => "logm";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) =>
        [MatrixFormulas.Turned(piece.Parameters[0], tangents[0], Functions.Log, Functions.Reciprocal)];

    private protected override ScalarOperation Operation => ScalarOperation.Log;

    private protected override double Value(double x) => Math.Log(x);

    private protected override double Difference(double x, double y)
    {
        double t = (x - y) / (x + y);
        return Math.Abs(t) < 1e-3 ? 2 / (x + y) * (1 + (t * t * ((1 / 3.0) + (t * t / 5))))
            : Math.Abs(t) < 0.5 ? 2 * Math.Atanh(t) / (x - y) : (Math.Log(x) - Math.Log(y)) / (x - y);
    }

    private protected override double[] Domain(SymmetricSpectrum spectrum) => spectrum.Values[0] <= spectrum.Tolerance
        ? throw Outside(spectrum.Values[0], "a positive definite matrix")
        : spectrum.Values;

    private protected override double ConditionOf(SymmetricSpectrum spectrum) => spectrum.Size / spectrum.Values[0];
}

public static partial class LinearAlgebra
{
    /// <summary>The logarithm of the symmetric part of a matrix.</summary>
    /// <param name="s">…×n×n, positive definite.</param>
    public static Variable SymmetricLog(Variable s) => s.Builder.ApplyAll(new SymmetricLog(), s)[0];
}

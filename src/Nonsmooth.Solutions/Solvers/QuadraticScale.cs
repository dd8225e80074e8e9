using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>How a quadratic program was scaled: lengths of rows, the size of an unknown, and what the objective was multiplied by.</summary>
internal sealed record QuadraticScale(double[] Rows, double[] Equalities, double Unknown, double Objective)
{
    /// <summary>The scaled problem's point from the given one's.</summary>
    public QuadraticPoint Scaled(QuadraticPoint point) => point with
    {
        X = point.X / Unknown,
        Multipliers = Vector<double>.Build.Dense(Rows.Length, i => point.Multipliers[i] * Multiplier(Rows[i])),
        Equality = Vector<double>.Build.Dense(Equalities.Length, i => point.Equality[i] * Multiplier(Equalities[i])),
    };

    /// <summary>The given problem's point from the scaled one's.</summary>
    public QuadraticPoint Given(QuadraticPoint point) => point with
    {
        X = point.X * Unknown,
        Multipliers = Vector<double>.Build.Dense(Rows.Length, i => point.Multipliers[i] / Multiplier(Rows[i])),
        Equality = Vector<double>.Build.Dense(Equalities.Length, i => point.Equality[i] / Multiplier(Equalities[i])),
    };

    private double Multiplier(double length) => length * Unknown * Objective;
}

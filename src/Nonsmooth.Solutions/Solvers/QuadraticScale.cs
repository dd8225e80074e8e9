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

    /// <summary>The solution of the given problem's KKT system from that of the scaled one's.</summary>
    public double[] Solve(KktSystem system, double[] right)
    {
        double[] scaled = [.. right];
        int n = right.Length - system.Active.Length - Equalities.Length;
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = i < n ? right[i] * Unknown * Objective : right[i] / (Length(i) * Unknown);
        }

        double[] solution = system.Solve(scaled);
        for (int i = 0; i < solution.Length; i++)
        {
            solution[i] = i < n ? solution[i] * Unknown : solution[i] / Multiplier(Length(i));
        }

        return solution;

        double Length(int i) => i - n < system.Active.Length ? Rows[system.Active[i - n]] : Equalities[i - n - system.Active.Length];
    }

    private double Multiplier(double length) => length * Unknown * Objective;
}

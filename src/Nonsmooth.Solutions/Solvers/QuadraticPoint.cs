using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>A primal and dual point of a quadratic program.</summary>
internal sealed record QuadraticPoint(Vector<double> X, Vector<double> Multipliers, Vector<double> Equality)
{
    public int Iterations { get; init; }

    public Vector<double> Slacks(QuadraticData data) => data.H - (data.G * X);

    /// <summary>The largest violation of the optimality conditions: gradient, feasibility, signs, complementarity.</summary>
    public double Residual(QuadraticData data)
    {
        var gradient = (data.Q * X) + data.Linear + data.G.TransposeThisAndMultiply(Multipliers) + data.A.TransposeThisAndMultiply(Equality);
        var slacks = Slacks(data);
        double worst = Math.Max(Dense.Largest(gradient), Dense.Largest((data.A * X) - data.B));
        for (int i = 0; i < slacks.Count; i++)
        {
            worst = Math.Max(worst, Math.Abs(Math.Min(slacks[i], Multipliers[i])));
        }

        return worst;
    }
}

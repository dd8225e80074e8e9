using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>A primal and dual point of a quadratic program.</summary>
internal sealed record QuadraticPoint(Vector<double> X, Vector<double> Multipliers, Vector<double> Equality)
{
    public int Iterations { get; init; }

    /// <summary>The factored system that it solves, where it does.</summary>
    public KktSystem? System { get; init; }

    /// <summary>The same for the problem as given.</summary>
    public KeptSystem? Kept { get; init; }

    /// <summary>Whether it solves its active set's own system, with the right signs: it is exact up to rounding.</summary>
    public bool IsVerified { get; init; }

    public Vector<double> Slacks(QuadraticData data) => data.H - (data.G * X);

    /// <summary>The largest violation of gradient and feasibility, each relative to what it is a difference of, and of complementarity to the objective.</summary>
    public double Gap(QuadraticData data)
    {
        var curved = data.Q * X;
        var pulled = data.G.TransposeThisAndMultiply(Multipliers) + data.A.TransposeThisAndMultiply(Equality);
        double force = 1 + Math.Max(Dense.Largest(curved), Dense.Largest(pulled));
        double worst = Dense.Largest(curved + data.Linear + pulled) / force;
        double size = 1 + Dense.Largest(X);
        double value = 1 + Math.Max(Math.Abs(X.DotProduct(curved)), Math.Abs(data.Linear.DotProduct(X)));
        var slacks = Slacks(data);
        for (int i = 0; i < slacks.Count; i++)
        {
            worst = Math.Max(worst, Math.Max(-slacks[i] / size, Math.Abs(slacks[i] * Multipliers[i]) / value));
        }

        return Math.Max(worst, Dense.Largest((data.A * X) - data.B) / size);
    }

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

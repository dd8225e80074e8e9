using Nonsmooth.Mathematics;

namespace Nonsmooth.Solutions;

/// <summary>A regression with λ‖β‖₁ at a point, row by row: X_jᵀs − μβ_j = λ·sign_j on its support, where s moves by label·dy − curvature·d(Xβ).</summary>
/// <param name="X">The matrix.</param>
/// <param name="Score">s: less the loss's slope in Xβ.</param>
/// <param name="Label">The score's slope in y.</param>
/// <param name="Curvature">Less the score's slope in Xβ.</param>
/// <param name="Ridge">μ.</param>
/// <param name="HasRidge">Whether μ is a parameter.</param>
internal sealed record SupportModel(Design X, double[] Score, double[] Label, double[] Curvature, double Ridge, bool HasRidge)
{
    /// <summary>½‖y − Xβ‖² + ½μ‖β‖².</summary>
    public static SupportModel LeastSquares(Problem problem, Solution solution)
    {
        var x = Matrix(problem);
        double[] score = [.. problem.Values[1]];
        Lanes.Add(-1, x.Times(solution.Values[0]), score);
        double[] ones = [.. Enumerable.Repeat(1.0, score.Length)];
        return new(x, score, ones, ones, problem.Number(3), true);
    }

    /// <summary>Σ log(1 + exp(−y·Xβ)).</summary>
    public static SupportModel Logistic(Design x, double[] y, double[] fitted)
    {
        var (score, label, curvature) = (new double[y.Length], new double[y.Length], new double[y.Length]);
        for (int i = 0; i < y.Length; i++)
        {
            // 1/(1 + e^m) and its like, from the exponential that does not overflow.
            double m = y[i] * fitted[i];
            double small = Transcendental.Exp(-Math.Abs(m));
            double wrong = m >= 0 ? small / (1 + small) : 1 / (1 + small);
            double spread = small / ((1 + small) * (1 + small));
            score[i] = y[i] * wrong;
            label[i] = wrong - (m * spread);
            curvature[i] = y[i] * y[i] * spread;
        }

        return new(x, score, label, curvature, 0, false);
    }

    public static Design Matrix(Problem problem) => new(problem.Values[0], problem.Shapes[0][0], problem.Shapes[0][1]);
}

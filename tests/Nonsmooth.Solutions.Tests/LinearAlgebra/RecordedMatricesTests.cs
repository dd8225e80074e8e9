using Nonsmooth.Answers;
using Nonsmooth.Dictionary;
using Nonsmooth.Solutions.Tests.Recorded;

namespace Nonsmooth.Solutions.Tests.LinearAlgebra;

using Matrices = Nonsmooth.Solutions.LinearAlgebra;

/// <summary>Functions of matrices against derivatives that were recorded at 60 digits, beside what other libraries answered.</summary>
public sealed class RecordedMatricesTests
{
    private static readonly Dictionary<string, Func<Func<string, Variable>, Variable>> _formulas = new()
    {
        ["cholesky"] = of => Matrices.Cholesky(of("S")),
        ["eigvalsh"] = of => Matrices.SymmetricEigenvalues(of("S")),
        ["sqrtm"] = of => Matrices.SymmetricSqrt(of("S")),
        ["expm_sym"] = of => Matrices.SymmetricExp(of("S")),
        ["polar"] = of => Matrices.Polar(of("A")),
        ["svdvals"] = of => Matrices.SingularValues(of("A")),
        ["norm2"] = of => Matrices.SpectralNorm(of("A")),
        ["qr_R"] = of => Matrices.Qr(of("A")).R,
        ["qr_Q"] = of => Matrices.Qr(of("A")).Q,
        ["solve"] = of => Matrices.Solve(of("A"), of("b")),
        ["lstsq"] = of => Matrices.LeastSquares(of("A"), of("b")),
        ["det"] = of => Matrices.Determinant(of("A")),
        ["inv"] = of => Matrices.Inverse(of("A")),
        ["eigvals_real"] = of => Matrices.RealEigenvalues(of("A")),
        ["nearest"] = of => Nearest(of("q"), of("K")),
        ["bilevel_ridge"] = of => Ridge(of("X"), of("y"), of("lam"), of("Xv"), of("yv")),
    };

    [Fact]
    public void EveryRecordedGradientIsGivenAndWhatHasNoneIsRefused() => Assert.Equal(23, RecordedJudge.All(_formulas.ToDictionary(
        f => f.Key, f => (Func<RecordedSolution, Func<string, Variable>, Variable>)((_, of) => f.Value(of))), Error, Kink));

    private static double? Error(RecordedSolution problem, IReadOnlyDictionary<string, double[]> gradient) => problem.Template switch
    {
        "nearest" when problem.Branches.Count > 0 => problem.Branches.Min(b => RecordedSolution.Error(gradient, b)),
        "norm2" when problem.Expected == "set" => TraceOne(gradient["A"]),
        _ => null,
    };

    // Equal eigenvalues of one weight are a kink of the function of eigenvalues, though not of this loss.
    private static void Kink(RecordedSolution problem, Program loss, double[][] at) => Assert.Equal(
        problem.Expected == "set" || problem.Name == "linalg_eigenvalues_repeated_equal_weights", Differentiability.At(loss, at).Verdict != Verdict.Yes);

    // Of 3I the subgradients of the largest singular value are the positive semidefinite matrices of trace 1.
    private static double TraceOne(double[] g) => new[]
    {
        Math.Abs(g[0] + g[3] - 1), Math.Abs(g[1] - g[2]), Math.Max(0, -g[0]), Math.Max(0, -g[3]), Math.Max(0, (g[1] * g[2]) - (g[0] * g[3])),
    }.Max();

    private static Variable Nearest(Variable q, Variable k)
    {
        var away = Functions.Square(k - q).Sum(1);
        var index = (-away).ArgMax(0);
        return Functions.IndexSelect(k, index.Reshape(new Shape(1)), 0).Reshape(q.Shape);
    }

    private static Variable Ridge(Variable x, Variable y, Variable lambda, Variable held, Variable values)
    {
        int n = x.Shape[1];
        var one = x.Builder.Constant(Tensor.Generate(new Shape(n, n), e => e / n == e % n ? 1.0 : 0));
        var w = Matrices.Solve(Functions.MatMul(x, x, transposeLeft: true) + (lambda * one), Functions.MatMul(y, x));
        return 0.5 * Functions.Square(Functions.MatMul(held, w) - values).Sum();
    }
}

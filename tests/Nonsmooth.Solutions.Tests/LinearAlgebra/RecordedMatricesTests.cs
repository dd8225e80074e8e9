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
    public void EveryRecordedGradientIsGivenAndWhatHasNoneIsRefused()
    {
        int ours = 0;
        var peers = new List<(string Peer, bool Right)>();
        foreach (var problem in RecordedSolutions.Read(_formulas.Keys))
        {
            ours++;
            peers.AddRange(problem.Verdicts.Select(v => (v.Key, v.Value == "right" || (problem.Expected == "refuse" && v.Value == "refused"))));
            Judge(problem);
        }

        Assert.Equal(23, ours);
        foreach (var peer in peers.GroupBy(p => p.Peer))
        {
            Console.WriteLine($"{peer.Key}: right on {peer.Count(p => p.Right)} of the {peer.Count()} that it tried, all of which are right here");
        }
    }

    private static void Judge(RecordedSolution problem)
    {
        var program = Traced(problem, x => x);
        double[][] at = [.. problem.Data.Select(d => d.Value.Elements)];
        var backward = program.Backprop(new BackpropOptions { KeepValues = false });
        if (problem.Expected == "refuse")
        {
            string refusal = Assert.ThrowsAny<SolutionException>(() => Interpreter.Run<Float64>(backward, [.. at, problem.Cotangent.Elements])).Message;
            Console.WriteLine($"{problem.Name}: refused: {refusal}");
            return;
        }

        double[] solution = Reals(Interpreter.Run<Float64>(program, at))[0];
        Assert.True(RecordedSolution.Error(solution, problem.Solution!.Elements) <= 1e-12, problem.Name);
        double[][] given = Reals(Interpreter.Run<Float64>(backward, [.. at, problem.Cotangent.Elements]));
        var gradient = problem.Data.Select((d, i) => (d.Name, Gradient: given[i])).ToDictionary(g => g.Name, g => g.Gradient);
        var loss = Traced(problem, x => (x * x.Builder.Constant(problem.Cotangent)).Sum());
        bool reported = Differentiability.At(loss, at).Verdict != Verdict.Yes;
        double error = problem.Template switch
        {
            "nearest" when problem.Branches.Count > 0 => problem.Branches.Min(b => RecordedSolution.Error(gradient, b)),
            "norm2" when problem.Expected == "set" => TraceOne(gradient["A"]),
            _ => problem.Branches.Count > 0 ? problem.HullError(gradient) : RecordedSolution.Error(gradient, problem.Gradient),
        };
        Console.WriteLine(FormattableString.Invariant($"{problem.Name}: {problem.Expected}, error {error:G3}{(reported ? ", on a kink" : "")}"));
        Assert.True(error <= 1e-7, problem.Name);

        // Equal eigenvalues of one weight are a kink of the function of eigenvalues, though not of this loss.
        Assert.Equal(problem.Expected == "set" || problem.Name == "linalg_eigenvalues_repeated_equal_weights", reported);
    }

    private static Program Traced(RecordedSolution problem, Func<Variable, Variable> of)
    {
        var builder = new ProgramBuilder();
        var inputs = problem.Data.ToDictionary(d => d.Name, d => builder.Input(d.Name, d.Value.Shape));
        return builder.Build([("y", of(_formulas[problem.Template](n => inputs[n]).Reshape(problem.Cotangent.Shape)))]);
    }

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

    private static double[][] Reals(IReadOnlyList<Tensor> tensors) => [.. tensors.OfType<Tensor<double>>().Select(t => t.Elements)];
}

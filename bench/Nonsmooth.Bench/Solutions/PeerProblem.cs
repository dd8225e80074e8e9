using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Solutions;

/// <summary>A peer's problem as a solution map, its parameters and the cotangents of its results.</summary>
/// <param name="Map">The map.</param>
/// <param name="Arguments">Its arguments, a batch where there is one.</param>
/// <param name="Wanted">Of which arguments a gradient is wanted, as the peer gives it.</param>
internal sealed record PeerProblem(SolutionMap Map, (Shape Shape, double[] Values)[] Arguments, string[] Wanted)
{
    /// <summary>A peer's arrays as a map.</summary>
    public static PeerProblem Of(string kind, (Shape Shape, double[] Values)[] arrays) => kind switch
    {
        "lasso" or "net" => new(new ElasticNet(), arrays, ["lambda", "y"]),
        "logistic" => new(new LogisticLasso(), arrays, ["lambda"]),
        "machine" => new(new SupportVectors(), arrays, ["C"]),
        "program" => new(new QuadraticProgram(), [arrays[0], Single(arrays[1]), .. arrays[2..]], ["Q", "q", "G", "h", "A", "b"]),
        "sparse" => Sparse(arrays),
        _ => throw new NonsmoothException($"no map solves {kind}"),
    };

    /// <summary>One problem alone: its parameters.</summary>
    public Problem First => new(
        [.. Arguments.Select((a, i) => a.Shape[^Map.Parameters[i].Rank..])],
        [.. Arguments.Select((a, i) => a.Values[..a.Shape[^Map.Parameters[i].Rank..].Elements])]);

    /// <summary>The sum of the solution's first result and its gradient, as a program that runs it.</summary>
    public Func<IReadOnlyList<Tensor>> ValueAndGradient()
    {
        var builder = new ProgramBuilder();
        var inputs = Arguments.Select((a, i) => builder.Input(Map.Parameters[i].Name, a.Shape)).ToArray();
        var solution = builder.ApplyAll(Map, inputs)[0];
        var program = builder.Build([("sum", Nonsmooth.Dictionary.VariableExtensions.Sum(solution))]).Backprop(new BackpropOptions { WithRespectTo = Wanted });
        double[][] values = [.. Arguments.Select(a => a.Values)];
        return () => Interpreter.Run<Float64>(program, values);
    }

    /// <summary>One solve of the first problem.</summary>
    public Solution Solve() => Map.Solve(First);

    /// <summary>The gradient of the sum at a solution of the first problem.</summary>
    public void Gradient(Problem problem, Solution solution) =>
        Map.Differentiate(problem, solution, ActivityRule.Inactive).Cotangent(
            [.. solution.Values.Select((v, r) => Array.ConvertAll(v, _ => r == 0 ? 1.0 : 0))],
            [.. Enumerable.Range(0, Map.Parameters.Count).Where(i => Wanted.Contains(Map.Parameters[i].Name))]);

    private static (Shape Shape, double[] Values) Single((Shape Shape, double[] Values) batch) => batch.Shape[0] == 1 ? (batch.Shape[1..], batch.Values) : batch;

    private static PeerProblem Sparse((Shape Shape, double[] Values)[] d)
    {
        var (n, m) = ((int)d[0].Values[0], d[8].Values.Length);
        (SparsePattern Pattern, double[] Values) Entries(int at, int rows)
        {
            var places = d[at].Values.Zip(d[at + 1].Values, (r, c) => ((int)r, (int)c)).ToArray();
            var by = places.Zip(d[at + 2].Values).ToDictionary(p => p.First, p => p.Second);
            var pattern = SparsePattern.Of(rows, n, places);
            return (pattern, [.. pattern.Places.Select(p => by[p])]);
        }

        var (q, a) = (Entries(1, n), Entries(5, m));
        return new(
            new SparseQuadraticProgram(q.Pattern, a.Pattern),
            [(new Shape(q.Values.Length), q.Values), d[4], (new Shape(a.Values.Length), a.Values), d[8], d[9]],
            ["q"]);
    }
}

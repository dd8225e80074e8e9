using Nonsmooth.Dictionary;
using Nonsmooth.Solutions.Tests.Recorded;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>A problem of the recorded derivatives, as a map of this library and the parameters it takes.</summary>
internal sealed record RecordedProblem(string Name, string Expected, SolutionMap Map, Tensor<double>[] Parameters, double[][] Cotangents)
{
    /// <summary>The recorded gradient, name by name.</summary>
    public required IReadOnlyDictionary<string, double[]> Truth { get; init; }

    /// <summary>This library's gradient under a recorded name.</summary>
    public required Func<IReadOnlyList<double[]>, string, double[]?> Named { get; init; }

    /// <summary>The recorded ones that a map here expresses.</summary>
    public static IEnumerable<RecordedProblem> Read() => RecordedSolutions.Read().Select(Of).OfType<RecordedProblem>();

    private static RecordedProblem? Of(RecordedSolution record)
    {
        double[] cotangent = record.Cotangent.Elements;
        int n = cotangent.Length;
        double[] y = record.Constants.TryGetValue("y", out var labels) ? labels.Elements : [];
        (SolutionMap Map, Tensor<double>[] Parameters, string[] Names)? posed = record.Template switch
        {
            "qp" or "lp" when record.Data.Any(d => d.Name == "l") => (new QuadraticProgram(), [Get("Q"), Get("p"), Sides(n), Stacked(n), Zeros(0, n), Zeros(0)], ["Q", "p", "", "lu"]),
            "qp" or "lp" => (
                new QuadraticProgram(),
                [Get("Q", n, n), Get("p"), Get("G", 0, n), Get("h", 0), Get("A", 0, n), Get("b", 0)],
                ["Q", "p", "G", "h", "A", "b"]),
            "ball" => (new L2Ball(), [Get("y"), Get("r")], ["y", "r"]),
            "l1_ball" => (new L1Ball(), [Get("y"), Get("r")], ["y", "r"]),
            "simplex" => (new Simplex(), [Get("y"), Get("s")], ["y", "s"]),
            "psd_proj" => (new SemidefiniteCone { Asymmetry = 1 }, [Get("Y")], ["Y"]),
            "isotonic" => (new Isotonic(), [Get("y"), Ones(n)], ["y"]),
            "tv" => (new TotalVariation(), [Get("y"), Get("lam")], ["y", "lam"]),
            "lasso" => (new ElasticNet(), [Get("X"), Get("y"), Get("lam"), Zeros()], ["X", "y", "lam"]),
            "elastic_net" => (new ElasticNet(), [Get("X"), Get("y"), Get("lam"), Get("mu")], ["X", "y", "lam", "mu"]),
            "svm_primal" => (new SupportVectors(), [Get("X"), Tensor.Of(new Shape(y.Length), y), Ones(y.Length), Get("C")], ["X", "", "", "C"]),
            "ot_entropic" => (new EntropicTransport(), [Get("C"), Get("a"), Get("b"), Get("eps")], ["C", "", "", "eps"]),
            "fp_tanh" => (new FixedPoint(Equilibrium.Step(n, Functions.Tanh)), [Get("W"), Get("b")], ["W", "b"]),
            "root_plus" => (new Implicit(Plus(n)), [Get("A"), Get("b")], ["A", "b"]),
            _ => null,
        };
        if (posed is not var (map, parameters, names))
        {
            return null;
        }

        return new(record.Name, record.Expected, map, parameters, Results(map, parameters, cotangent))
        {
            Truth = record.Gradient,
            Named = (gradient, name) => Array.IndexOf(names, name) is >= 0 and var i ? gradient[i]
                : name is "l" && names.Contains("lu") ? [.. gradient[3].Take(n).Select(x => -x)]
                : name is "u" && names.Contains("lu") ? gradient[3][n..]
                : null,
        };

        Tensor<double> Get(string name, params ReadOnlySpan<int> otherwise) =>
            record.Data.FirstOrDefault(d => d.Name == name) is { Value: { } given } ? given : Zeros(otherwise);

        Tensor<double> Stacked(int size) => Tensor.Of(new Shape(2 * size), [.. Get("l").Elements.Select(x => -x), .. Get("u").Elements]);
    }

    // What else a map gives has the cotangent 0; of support vectors the recorded solution is [w; intercept].
    private static double[][] Results(SolutionMap map, Tensor<double>[] parameters, double[] cotangent)
    {
        var shapes = map.Shapes([.. parameters.Select(p => p.Shape)]).Values;
        double[][] all = [.. shapes.Select(s => new double[s.Elements])];
        if (map is SupportVectors)
        {
            (all[0], all[1]) = (cotangent[..^1], [cotangent[^1]]);
        }
        else
        {
            all[0] = cotangent;
        }

        return all;
    }

    private static Program Plus(int n) => Program.Trace(
        (a, b, x) => Functions.MatMul(a, x.Reshape(new Shape(n, 1))).Reshape(new Shape(n)) + Functions.Relu(x) - b,
        new Shape(n, n), new Shape(n), new Shape(n));

    private static Tensor<double> Sides(int n) =>
        Tensor.Generate(new Shape(2 * n, n), e => e / n == e % n ? -1.0 : (e / n) - n == e % n ? 1 : 0);

    private static Tensor<double> Zeros(params ReadOnlySpan<int> shape) => Tensor.Generate(new Shape(shape), _ => 0.0);

    private static Tensor<double> Ones(int n) => Tensor.Generate(new Shape(n), _ => 1.0);
}

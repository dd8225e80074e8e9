using Nonsmooth.Answers;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests.Backend;

/// <summary>Gradients of ONNX's node tests: reverse against forward, and against differences, in double precision.</summary>
[Trait("Speed", "Slow")]
public sealed class BackendGradientTests(ITestOutputHelper output)
{
    private const int MostElements = 1500;

    // A tile of 120 numbers has a million: half of this test's time, for one function.
    private const int MostResults = 100_000;

    // Where a slope is infinite differences tell nothing, and products of it with 0 are NaN.
    private static readonly string[] _infinite = ["test_acosh_example"];

    // Its regions lie on edges of cells, where the largest of four weighted corners has a tie of zero weights: it is tried beside them.
    private static readonly string[] _besides = ["test_roialign_mode_max"];

    [Fact]
    public void DifferentiableNodesHaveTheirDerivatives()
    {
        SharedData.FolderOrSkip("onnx");
        var (tried, failed) = (0, new List<string>());
        foreach (var test in BackendArchive.All.Where(t => t.Suite == "node" && !t.Name.EndsWith("_expanded", StringComparison.Ordinal) && t.Sets.Count > 0))
        {
            if (Problem(test) is not { } problem)
            {
                continue;
            }

            tried++;
            if (problem.Length > 0 && !_infinite.Contains(test.Name))
            {
                failed.Add($"{test.Name}: {problem}");
                output.WriteLine(failed[^1]);
            }
        }

        output.WriteLine($"{tried} tests have derivatives, {failed.Count} are wrong");
        Assert.Empty(failed);
        Assert.True(tried > 500, $"only {tried} were tried");
    }

    // Null where there is nothing to differentiate; empty where all is right.
    private static string? Problem(BackendTest test)
    {
        OnnxProgram imported;
        Dictionary<string, Tensor> values;
        try
        {
            (imported, values) = BackendRun.Import(OnnxFile.Parse(test.Model), test.Sets[0]);
        }
        catch (OnnxUnsupportedException)
        {
            return null;
        }

        var program = imported.Program;
        string[] reals = [.. program.Inputs.Where(i => program.Types[i.Value].Kind == ElementKind.Real && program.Types[i.Value].Shape.Count64 > 0).Select(i => i.Name)];
        string[] outputs = [.. program.Outputs.Where(o => program.Types[o.Value].Kind == ElementKind.Real && program.Types[o.Value].Shape.Count64 > 0).Select(o => o.Name)];
        if (reals.Length == 0 || outputs.Length == 0 || program.Inputs.Sum(i => program.Types[i.Value].Shape.Count64) > MostElements
            || program.Outputs.Sum(o => program.Types[o.Value].Shape.Count64) > MostResults)
        {
            return null;
        }

        Array[] point = [.. imported.Inputs.Select(i => BackendRun.Elements(values[i.Name])), .. imported.Weights.Select(w => w.Elements)];
        if (_besides.Contains(test.Name))
        {
            var random = new CounterRandom(17).Sequence();
            point = [.. point.Select(p => p is double[] numbers ? Array.ConvertAll(numbers, x => x + (0.01 * random.NextDouble())) : p)];
        }

        if (point.OfType<double[]>().Any(p => !p.All(double.IsFinite)) || Interpreter.Run<Float64>(program.Only(outputs), point).OfType<Tensor<double>>().Any(t => !t.Elements.All(double.IsFinite)))
        {
            return null;
        }

        program = program.Only(outputs);
        if (Transposed(program, point, reals, outputs) is { } mismatch)
        {
            return mismatch;
        }

        var answer = GradientCheck.Of(program, point, new GradientCheckOptions { Directions = 3 });
        return answer.Passes ? "" : answer.Reason;
    }

    // ⟨u, J·v⟩ = ⟨Jᵀ·u, v⟩ for random u and v.
    private static string? Transposed(Program program, Array[] point, string[] reals, string[] outputs)
    {
        var random = new CounterRandom(31).Sequence();
        double Draw() => (2 * random.NextDouble()) - 1;
        var forward = program.Forprop(new ForpropOptions { WithRespectTo = reals });
        var backward = program.Backprop(new BackpropOptions { WithRespectTo = reals, Of = outputs, SeedInput = true });
        var directions = reals.ToDictionary(r => r, r => Enumerable.Range(0, program.InputType(r).Shape.Elements).Select(_ => Draw()).ToArray());
        var seeds = outputs.ToDictionary(o => o, o => Enumerable.Range(0, program.Types[program.Output(o).Value].Shape.Elements).Select(_ => Draw()).ToArray());
        var named = program.Inputs.Zip(point).ToDictionary(p => p.First.Name, p => p.Second);
        foreach (string r in reals)
        {
            named[forward.Tangent(r).Name] = directions[r];
        }

        foreach (string o in outputs)
        {
            named[backward.Seed(o).Name] = seeds[o];
        }

        var images = Run(forward, named);
        var gradients = Run(backward, named);
        double ahead = outputs.Sum(o => images.TryGetValue(forward.Jvp(o).Name, out var jvp) ? Dot(seeds[o], jvp) : 0);
        double back = reals.Sum(r => Dot(directions[r], gradients[backward.Gradient(r).Name]));
        double scale = Math.Max(1, outputs.Sum(o => images.TryGetValue(forward.Jvp(o).Name, out var jvp) ? jvp.Sum(Math.Abs) : 0));
        return Math.Abs(ahead - back) <= 1e-9 * scale || (double.IsNaN(ahead) && double.IsNaN(back)) ? null : $"forward {ahead:G9}, reverse {back:G9}";
    }

    private static Dictionary<string, double[]> Run(Program program, Dictionary<string, Array> named) => program.Outputs
        .Zip(Interpreter.Run<Float64>(program, [.. program.Inputs.Select(i => named[i.Name])]))
        .Where(o => o.Second is Tensor<double>).ToDictionary(o => o.First.Name, o => ((Tensor<double>)o.Second).Elements);

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}

using System.Text.Json;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Pretrained.Aten;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>In narrow formats no operator is worse than PyTorch 2.13's own: values and gradients, against 64 bits on the same rounded inputs.</summary>
[Trait("Speed", "Slow")]
public sealed class RecordedErrorsTests
{
    private readonly HashSet<string> _operators = [];
    private readonly HashSet<string> _listed = [.. RecordedErrors.Values, .. RecordedErrors.Gradients, .. RecordedErrors.OnSomeProcessors];
    private readonly HashSet<string> _found = [];
    private readonly List<string> _worse = [];
    private int _compared;
    private int _better;
    private int _equal;

    [Fact]
    public void NoneIsWorseButTheNamed()
    {
        var errors = OperatorRecording.Errors();
        foreach (var recording in OperatorRecording.Read("samples.jsonl.gz"))
        {
            if (AtenTable.Find(recording.Call) is { } @operator)
            {
                Compare(recording, @operator, errors[recording.Id]);
            }
        }

        string figures = $"{_operators.Count} operators, {_compared} compared, {_better} better, {_equal} equal, {_found.Count} worse: {_found.Count(RecordedErrors.Values.Contains)} values and {_found.Count(RecordedErrors.Gradients.Contains)} gradients listed";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.True(_compared > 2500, figures);
        string stale = string.Join(", ", _listed.Except(_found).Except(RecordedErrors.OnSomeProcessors));
        Assert.True(_worse.Count == 0 && stale.Length == 0, $"{figures}\n{string.Join('\n', _worse)}\nlisted, but not worse: {stale}");
    }

    private void Compare(OperatorRecording recording, AtenOperator @operator, JsonElement errors)
    {
        var builder = new ProgramBuilder();
        var (arguments, keywords, inputs) = recording.Trace(builder);
        if (recording.Op == "float_power" || keywords.Values.Any(v => v is ElementKind))
        {
            // A call that computes in 64 bits, or a format of its own choice, in each of these runs.
            return;
        }

        IReadOnlyList<Variable?> results;
        try
        {
            results = @operator.Apply(builder, arguments, keywords);
        }
        catch (AtenException)
        {
            // A call that the dictionary does not take: the tests of the table list them.
            return;
        }

        var reals = Enumerable.Range(0, Math.Min(results.Count, recording.Outputs.Count)).Where(i => results[i]?.Type.Kind == ElementKind.Real && OperatorRecording.IsReal(recording.Outputs[i])).ToArray();
        string[] paths = [.. recording.GradientInputs.Where(p => inputs.Any(n => n.Input.Name == p && n.Given is double[]))];
        if (reals.Length == 0)
        {
            return;
        }

        var program = builder.Build(reals.Select(i => ($"y{i}", results[i]!)));
        bool differentiated = paths.Length > 0 && reals.All(i => OperatorRecording.IsReal(recording.Cotangents[i]));
        if (differentiated)
        {
            program = program.Backprop(new BackpropOptions { WithRespectTo = paths, SeedInput = true });
        }

        _operators.Add(recording.Op);
        In<Float32>(Precision.Float32, "f32", Math.ScaleB(1, -23));
        In<BFloat16>(Precision.BFloat16, "bf16", Math.ScaleB(1, -8));
        In<Float16>(Precision.Float16, "f16", Math.ScaleB(1, -11));

        void In<TFormat>(Precision precision, string format, double least)
            where TFormat : struct, IFormat
        {
            var theirs = errors.GetProperty(format);
            if (theirs.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            var given = inputs.ToDictionary(n => n.Input.Name, n => n.Given is double[] reals ? Array.ConvertAll(reals, TFormat.Round) : n.Given);
            if (differentiated)
            {
                var gradient = (GradientProgram)program;
                foreach (int i in reals)
                {
                    given[gradient.Seed($"y{i}").Name] = Array.ConvertAll(OperatorRecording.Numbers(recording.Cotangents[i]), TFormat.Round);
                }
            }

            var (exact, narrow) = (Run(program, Precision.Float64, given), Run(program, precision, given));
            for (int k = 0; k < reals.Length; k++)
            {
                Against($"value {reals[k]}", exact[k], narrow[k], theirs.GetProperty("value")[reals[k]], theirs.GetProperty("value_max")[reals[k]]);
            }

            for (int k = 0; k < paths.Length && differentiated; k++)
            {
                if (theirs.GetProperty("grad").TryGetProperty(paths[k], out var error))
                {
                    Against(paths[k], exact[reals.Length + k], narrow[reals.Length + k], error, theirs.GetProperty("grad_max").GetProperty(paths[k]));
                }
            }

            void Against(string what, double[] reference, double[] actual, JsonElement their, JsonElement largest)
            {
                if (their.ValueKind != JsonValueKind.Number || largest.ValueKind != JsonValueKind.Number || largest.GetDouble() <= 1e-9)
                {
                    return;
                }

                double scale = reference.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
                double off = reference.Zip(actual).Max(p => p.First.Equals(p.Second) ? 0 : double.IsFinite(p.First) && double.IsFinite(p.Second) ? Math.Abs(p.First - p.Second) : double.PositiveInfinity) / scale;
                double bound = their.GetDouble();
                _compared++;
                _better += off < bound ? 1 : 0;
                _equal += off == bound ? 1 : 0;
                if (off > Math.Max(2 * bound, least))
                {
                    string name = $"{recording.Id} {format} {what}";
                    _found.Add(name);
                    if (!_listed.Contains(name))
                    {
                        _worse.Add($"{name}: {off:0.##e+0}, theirs {bound:0.##e+0}");
                    }
                }
            }
        }
    }

    private static double[][] Run(Program program, Precision precision, IReadOnlyDictionary<string, Array> inputs)
    {
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
        var tensors = program.Inputs.Select(input =>
        {
            long[] shape = [.. program.Types[input.Value].Shape.Select(s => (long)s)];
            return inputs[input.Name] switch
            {
                double[] reals => TorchTensor.FromSpan<double>(reals, shape),
                long[] indices => TorchTensor.FromSpan<long>(indices, shape),
                var masks => TorchTensor.FromSpan<bool>((bool[])masks, shape),
            };
        }).ToArray();
        var outputs = compiled.Call(tensors);
        double[][] results = [.. outputs.Select(o =>
        {
            using var wide = o.To(TorchDtype.Float64);
            return wide.ToArray<double>();
        })];
        foreach (var tensor in tensors.Concat(outputs))
        {
            tensor.Dispose();
        }

        return results;
    }
}

using System.Text.Json;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>In narrow formats no operator is worse than PyTorch 2.13's own: values and gradients, against 64 bits on the same rounded inputs.</summary>
[Trait("Speed", "Slow")]
public sealed class RecordedErrorsTests
{
    /// <summary>What is worse: gradients that are several functions, each of which is stored in 16 bits, where PyTorch has one kernel.</summary>
    private static readonly HashSet<string> _worse =
    [
        "true_divide#0 f16 args.1", "true_divide#1 f16 args.1", "true_divide#3 f16 args.1", "nn.functional.hardswish#1 f16 args.0",
        "nn.functional.selu#0 bf16 args.0", "nn.functional.mse_loss#1 f16 args.0", "nn.functional.mse_loss#1 f16 args.1",
    ];

    [Fact]
    public void NoneIsWorseButTheNamed()
    {
        var (compared, better, equal) = (0, 0, 0);
        var worse = new List<string>();
        var operators = new HashSet<string>();
        var named = _worse.ToHashSet();
        foreach (var recorded in RecordedOperator.Read())
        {
            var builder = new ProgramBuilder();
            var inputs = recorded.Reals.Select((t, i) => builder.Input($"a{i}", RecordedOperator.ShapeOf(t))).ToArray();
            Variable? result;
            try
            {
                result = inputs.Length == 0 ? null : RecordedOperator.Table[recorded.Op](recorded, inputs);
            }
            catch (NonsmoothException)
            {
                // A call that the dictionary does not take.
                continue;
            }

            if (result is null || recorded.Cotangents[0].Length == 0)
            {
                continue;
            }

            var program = builder.Build([("y", result)]).Backprop(new BackpropOptions { SeedInput = true });
            operators.Add(recorded.Op);
            Compare<Float32>(Precision.Float32, "f32", Math.ScaleB(1, -23));
            Compare<BFloat16>(Precision.BFloat16, "bf16", Math.ScaleB(1, -8));
            Compare<Float16>(Precision.Float16, "f16", Math.ScaleB(1, -11));

            void Compare<TFormat>(Precision precision, string format, double least)
                where TFormat : struct, IFormat
            {
                var errors = recorded.Errors.GetProperty(format);
                if (errors.ValueKind != JsonValueKind.Object)
                {
                    return;
                }

                double[][] given = [.. recorded.Reals.Select(RecordedOperator.Numbers).Append(recorded.Cotangents[0]).Select(x => Array.ConvertAll(x, TFormat.Round))];
                var (exact, narrow) = (Run(program, Precision.Float64, given), Run(program, precision, given));
                Against("value", exact[0], narrow[0], errors.GetProperty("value")[0], errors.GetProperty("value_max")[0]);
                int at = 1;
                foreach (var (argument, i) in recorded.Arguments.Select((a, i) => (a, i)).Where(p => recorded.Reals.Contains(p.a)))
                {
                    if (errors.GetProperty("grad").TryGetProperty($"args.{i}", out var theirs) && at < exact.Length)
                    {
                        Against($"args.{i}", exact[at], narrow[at], theirs, errors.GetProperty("grad_max").GetProperty($"args.{i}"));
                    }

                    at++;
                }

                void Against(string what, double[] reference, double[] actual, JsonElement theirs, JsonElement largest)
                {
                    if (theirs.ValueKind != JsonValueKind.Number || largest.ValueKind != JsonValueKind.Number || largest.GetDouble() <= 1e-9)
                    {
                        return;
                    }

                    double scale = reference.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
                    double off = reference.Zip(actual).Max(p => p.First.Equals(p.Second) ? 0 : double.IsFinite(p.First) && double.IsFinite(p.Second) ? Math.Abs(p.First - p.Second) : double.PositiveInfinity) / scale;
                    double bound = theirs.GetDouble();
                    compared++;
                    better += off < bound ? 1 : 0;
                    equal += off == bound ? 1 : 0;
                    if (off > Math.Max(2 * bound, least) && !named.Remove($"{recorded.Id} {format} {what}"))
                    {
                        worse.Add($"{recorded.Id} {format} {what}: {off:0.##e+0}, theirs {bound:0.##e+0}");
                    }
                }
            }
        }

        Assert.True(compared > 500, $"{compared} compared");
        Assert.Empty(named);
        Assert.True(worse.Count == 0, $"{operators.Count} operators, {compared} compared, {better} better, {equal} equal, {worse.Count} worse\n{string.Join('\n', worse)}");
    }

    private static double[][] Run(Program program, Precision precision, double[][] inputs)
    {
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
        var tensors = program.Inputs.Select((input, i) => TorchTensor.FromSpan<double>(inputs[i], [.. program.Types[input.Value].Shape.Select(s => (long)s)])).ToArray();
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

using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Testing;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>Every function of the dictionary, its vjp and its jvp, in every format, at every point of <see cref="Points"/>: within what storage and 32-bit sums cost.</summary>
[Trait("Speed", "Slow")]
public sealed class FormatTests
{
    [Fact]
    public void Survey()
    {
        var lines = new List<string>();
        long runs = 0;
        for (int index = 0; index < StandardDictionary.Rows.Count; index++)
        {
            var row = StandardDictionary.Rows[index];
            foreach (var (what, program) in Programs(row))
            {
                foreach (string point in Points.Names)
                {
                    foreach (bool gpu in (bool[])[false, true])
                    {
                        Try<Float64, Float64>(Precision.Float64);
                        Try<Float32, Float32>(Precision.Float32);
                        Try<Float16, Float32>(Precision.Float16);
                        Try<BFloat16, Float32>(Precision.BFloat16);

                        void Try<TStored, TComputed>(Precision precision)
                            where TStored : struct, IFormat
                            where TComputed : struct, IFormat
                        {
                            runs++;
                            try
                            {
                                ExampleArgument[] arguments = [.. row.Arguments, .. program.Inputs.Skip(row.Arguments.Count).Select(i => ExampleArgument.Reals(program.Types[i.Value].Shape))];
                                var run = FormatRun.Of<TStored, TComputed>(program, new ExecutionOptions { Precision = precision, AsOnGpu = gpu }, Points.Draw(point, arguments, index, TStored.Round));
                                if (run.Fails)
                                {
                                    lines.Add(string.Create(CultureInfo.InvariantCulture, $"{row}\t{what}\t{precision}\t{(gpu ? "gpu" : "cpu")}\t{point}\t{run.Worst:0.##}\t{run.What}"));
                                }
                            }
                            catch (Exception e) when (e is NonsmoothException)
                            {
                                lines.Add($"{row}\t{what}\t{precision}\t{(gpu ? "gpu" : "cpu")}\t{point}\tthrew\t{e.Message.Split('\n')[0]}");
                            }
                        }
                    }
                }
            }
        }

        lines.Insert(0, $"{runs} runs");
        File.WriteAllLines(Path.Combine(Path.GetTempPath(), "formats.tsv"), lines);
    }

    private static IEnumerable<(string, Program)> Programs(DictionaryRow row)
    {
        var program = Examples.Program(row);
        yield return ("value", program);
        if (program.Inputs.Any(i => program.Types[i.Value].Kind == ElementKind.Real) && program.Outputs.Any(o => program.Types[o.Value].Kind == ElementKind.Real))
        {
            yield return ("vjp", program.Backprop(new BackpropOptions()));
            yield return ("jvp", program.Forprop(new ForpropOptions()));
        }
    }
}

using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Testing;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>One run of the harness: a function's value, vjp or jvp, in a format, on an executor, at a point.</summary>
internal sealed record FormatCase(string Function, string What, string Format, string Executor, string Point, FormatRun Run)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Function} {What} {Format} {Executor} at {Point}: {Run.Worst:0.##} times the bound, {Run.What}");

    /// <summary>All runs of a row.</summary>
    /// <param name="row">The function with its arguments.</param>
    /// <param name="seed">Of the arguments drawn.</param>
    /// <param name="points">Where.</param>
    /// <param name="interpreted">Whether on the interpreter too, in the six formats.</param>
    public static IEnumerable<FormatCase> Of(DictionaryRow row, int seed, IReadOnlyList<string> points, bool interpreted)
    {
        foreach (var (what, program) in Programs(row))
        {
            ExampleArgument[] arguments = [.. row.Arguments, .. program.Inputs.Skip(row.Arguments.Count).Select(i => ExampleArgument.Reals(program.Types[i.Value].Shape))];
            foreach (string point in points)
            {
                foreach (bool gpu in (bool[])[false, true])
                {
                    yield return On<Float64, Float64>(Precision.Float64);
                    yield return On<Float32, Float32>(Precision.Float32);
                    yield return On<Float16, Float32>(Precision.Float16);
                    yield return On<BFloat16, Float32>(Precision.BFloat16);

                    FormatCase On<TStored, TComputed>(Precision precision)
                        where TStored : struct, IFormat
                        where TComputed : struct, IFormat => new(
                        row.ToString(), what, TStored.Name, gpu ? "GPU's plan" : "libtorch", point,
                        FormatRun.Of<TStored, TComputed>(program, new ExecutionOptions { Precision = precision, AsOnGpu = gpu }, Points.Draw(point, arguments, seed, TStored.Round)));
                }

                if (interpreted)
                {
                    yield return Alone<Float64>();
                    yield return Alone<Float32>();
                    yield return Alone<Float16>();
                    yield return Alone<BFloat16>();
                    if (point is not ("+∞" or "−∞"))
                    {
                        yield return Alone<Float8E4M3>();
                    }

                    yield return Alone<Float8E5M2>();
                }

                FormatCase Alone<TFormat>()
                    where TFormat : struct, IFormat =>
                    new(row.ToString(), what, TFormat.Name, "interpreter", point, FormatRun.Interpreted<TFormat>(program, Points.Draw(point, arguments, seed, TFormat.Round)));
            }
        }
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

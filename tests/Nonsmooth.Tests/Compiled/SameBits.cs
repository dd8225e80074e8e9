using System.Globalization;
using Nonsmooth.Compiled;

namespace Nonsmooth.Tests.Compiled;

/// <summary>A compiled program beside the interpreter: equal bits, a NaN being a NaN.</summary>
internal static class SameBits
{
    private static readonly double[] _degenerate =
        [0, -0.0, 1, -1, 0.5, 1, 0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, -1e-310, 1e-40, double.MaxValue, 3, -3, 6, 0.25];

    /// <summary>What differs; null for nothing.</summary>
    public static string? Difference(Program program, Array[] inputs, CompileOptions? options = null) =>
        Difference<double, Float64>(program, inputs, options) ?? Difference<float, Float32>(program, inputs, options);

    public static string? Difference<T, TFormat>(Program program, Array[] inputs, CompileOptions? options = null)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        where TFormat : struct, IFormat =>
        Difference<TFormat>(program, CompiledProgram<T>.Of(program, options), inputs);

    public static string? Difference<TFormat>(Program program, Func<Array[], IReadOnlyList<Tensor>> run, Array[] inputs)
        where TFormat : struct, IFormat
    {
        var expected = Interpreter.Run<TFormat>(program, inputs);
        var actual = run(inputs);
        for (int o = 0; o < expected.Count; o++)
        {
            if (Different(expected[o], actual[o]) is { } difference)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{TFormat.Name}, output {program.Outputs[o].Name}{difference}, of\n{program}");
            }
        }

        return null;
    }

    /// <summary>Numbers at which functions kink, jump or overflow.</summary>
    public static Array Degenerate(TensorType type, int seed) => type.Kind switch
    {
        ElementKind.Real => Enumerable.Range(0, type.Shape.Elements).Select(i => _degenerate[(seed + (i * ((seed % 5) + 1))) % _degenerate.Length]).ToArray(),
        ElementKind.Index => Enumerable.Range(0, type.Shape.Elements).Select(i => (long)((seed + i) % 3)).ToArray(),
        _ => Enumerable.Range(0, type.Shape.Elements).Select(i => (seed + i) % 3 == 0).ToArray(),
    };

    private static string? Difference<TFormat>(Program program, object compiled, Array[] inputs)
        where TFormat : struct, IFormat => compiled is CompiledProgram<double> wide
            ? Difference<TFormat>(program, i => wide.Run(i), inputs)
            : Difference<TFormat>(program, i => ((CompiledProgram<float>)compiled).Run(i), inputs);

    private static string? Different(Tensor expected, Tensor actual)
    {
        if (!expected.Shape.Equals(actual.Shape))
        {
            return $": {actual.Shape} for {expected.Shape}";
        }

        switch (expected, actual)
        {
            case (Tensor<double> e, Tensor<double> a):
                int at = Enumerable.Range(0, e.Elements.Length).FirstOrDefault(i => !Same(e[i], a[i]), -1);
                return at < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"[{at}]: {a[at]:R} for {e[at]:R}");
            case (Tensor<long> e, Tensor<long> a):
                return e.Elements.SequenceEqual(a.Elements) ? null : ": other indices";
            case (Tensor<bool> e, Tensor<bool> a):
                return e.Elements.SequenceEqual(a.Elements) ? null : ": another mask";
            default:
                return $": {actual.GetType()} for {expected.GetType()}";
        }
    }

    private static bool Same(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
}

using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Testing;

/// <summary>Types of the results, and the value in every format.</summary>
internal static class ValueChecks
{
    private const string Types = "types";
    private const string Formats = "formats";

    /// <summary>Whether the results have the types stated: else nothing more can be tried.</summary>
    public static bool Run(RulePoint at, Findings findings)
    {
        var program = at.Rules.Value;
        Tensor[] arguments = [.. program.Inputs.Select((input, i) => Load(program.Types[input.Value].Shape, at.Inputs[i]))];
        var results = at.Rules.Row.Function.Evaluate<Rounded<Float64>>(arguments);
        foreach (var (result, named) in results.Zip(program.Outputs))
        {
            findings.Equal(Types, named.Name, TypeOf(result), program.Types[named.Value], at);
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            findings.Equal(Types, $"a{i} after the evaluation", Text(arguments[i]), Text(Load(arguments[i].Shape, at.Inputs[i])), at);
        }

        if (findings.Failed(Types))
        {
            return false;
        }

        InFormat<Float64>(at, findings);
        InFormat<Float32>(at, findings);
        InFormat<Float16>(at, findings);
        InFormat<BFloat16>(at, findings);
        InFormat<Float8E4M3>(at, findings);
        InFormat<Float8E5M2>(at, findings);
        return true;
    }

    private static Tensor Load(Shape shape, Array numbers) => numbers switch
    {
        double[] reals => Tensor.Of(shape, Array.ConvertAll(reals, Rounded<Float64>.FromDouble)),
        long[] indices => Tensor.Of(shape, indices.ToArray()),
        _ => Tensor.Of(shape, ((bool[])numbers).ToArray()),
    };

    private static string Text(Tensor tensor) => tensor switch
    {
        Tensor<Rounded<Float64>> reals => Bits([Array.ConvertAll(reals.Elements, Rounded<Float64>.ToDouble)]),
        Tensor<long> indices => string.Join(' ', indices.Elements),
        _ => string.Join(' ', ((Tensor<bool>)tensor).Elements),
    };

    private static TensorType TypeOf(Tensor tensor) => tensor switch
    {
        Tensor<Rounded<Float64>> => TensorType.Real(tensor.Shape),
        Tensor<long> => TensorType.Index(tensor.Shape),
        _ => TensorType.Boolean(tensor.Shape),
    };

    private static void InFormat<TFormat>(RulePoint at, Findings findings)
        where TFormat : struct, IFormat
    {
        var rounded = at.Rounded(TFormat.Round);
        var once = rounded.Values<TFormat>();
        findings.Equal(Formats, $"{TFormat.Name} evaluated twice", Bits(rounded.Values<TFormat>()), Bits(once), at);

        // Eight bits leave no digit after a few operations; where values jump, a rounding may change the piece.
        if (TFormat.Precision < BFloat16.Precision || at.Rules.Row.Function.Regularity == Regularity.NotPathDifferentiable)
        {
            return;
        }

        var exact = rounded.Values<Float64>();
        for (int o = 0; o < once.Length; o++)
        {
            double scale = exact[o].Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
            for (int e = 0; e < once[o].Length; e++)
            {
                findings.Near(Formats, $"{TFormat.Name}, result {o}, element {e}", once[o][e], exact[o][e], 32 * scale * Math.ScaleB(1, -TFormat.Precision), rounded);
            }
        }
    }

    private static string Bits(double[][] values) =>
        string.Join(' ', values.SelectMany(v => v).Select(x => BitConverter.DoubleToInt64Bits(x).ToString("x16", System.Globalization.CultureInfo.InvariantCulture)));
}

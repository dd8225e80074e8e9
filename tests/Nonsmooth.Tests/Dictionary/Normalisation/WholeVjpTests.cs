using Nonsmooth.Testing;

namespace Nonsmooth.Tests.Dictionary.Normalisation;

/// <summary>Functions that backprop takes whole: their vjp is that of their definition, and can be differentiated again.</summary>
public sealed class WholeVjpTests
{
    public static TheoryData<string> Names =>
        [.. StandardDictionary.Rows.Where(Smooth).Select(r => r.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheVjpIsThatOfTheDefinition(string name)
    {
        var program = Traced(name);
        var inputs = Inputs(program.Backprop(new BackpropOptions()), 1);
        var whole = Run(program.Backprop(new BackpropOptions { KeepValues = false }), inputs);
        var written = Run(program.Flatten().Backprop(new BackpropOptions { KeepValues = false }), inputs);
        for (int o = 0; o < whole.Length; o++)
        {
            Near(written[o], whole[o], 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSecondDerivativeIsThatOfDifferences(string name)
    {
        const double step = 1e-5;
        var gradient = Traced(name).Backprop(new BackpropOptions { KeepValues = false });
        var second = gradient.Forprop(new ForpropOptions { KeepValues = false });
        double[][] inputs = Inputs(gradient, 2);
        double[][] tangents = Inputs(gradient, 3);
        var actual = Run(second, [.. inputs, .. tangents]);
        var ahead = Run(gradient, Moved(step));
        var behind = Run(gradient, Moved(-step));
        for (int o = 0; o < actual.Length; o++)
        {
            Near([.. ahead[o].Zip(behind[o], (a, b) => (a - b) / (2 * step))], actual[o], 1e-6);
        }

        double[][] Moved(double by) => [.. inputs.Zip(tangents, (x, t) => x.Zip(t, (a, b) => a + (by * b)).ToArray())];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BackpropOfBackpropIsTheTransposeOfItsForprop(string name)
    {
        var gradient = Traced(name).Backprop(new BackpropOptions { KeepValues = false });
        double[][] inputs = Inputs(gradient, 4);
        double[][] tangents = Inputs(gradient, 5);
        var seeded = gradient.Backprop(new BackpropOptions { KeepValues = false });
        double[][] all = [.. inputs, .. Inputs(seeded, 6).Skip(inputs.Length)];
        var jvp = Run(gradient.Forprop(new ForpropOptions { KeepValues = false }), [.. inputs, .. tangents]);
        var vjp = Run(seeded, all);
        double forwards = jvp.Zip(all.Skip(inputs.Length), Inner).Sum();
        double backwards = vjp.Zip(tangents, Inner).Sum();
        Assert.True(Math.Abs(forwards - backwards) <= 1e-10 * (1 + Math.Abs(forwards)), $"{forwards} and {backwards}");
    }

    private static bool Smooth(DictionaryRow row) => row.Function.Name is "batch_norm" or "layer_norm" or "attention"
        or "batch_norm_gradient" or "layer_norm_gradient" or "softmax_gradient" or "log_softmax_gradient" or "softmax"
        or "log_softmax" or "gelu" or "silu" or "sigmoid" or "tanh";

    private static Program Traced(string name) =>
        Examples.Program(StandardDictionary.Rows.Single(r => r.ToString() == name));

    private static double[][] Inputs(Program program, int seed)
    {
        var random = new Random(seed);
        return [.. program.Inputs.Select(i => Enumerable.Range(0, program.Types[i.Value].Shape.Elements)
            .Select(_ => 0.5 + random.NextDouble()).ToArray())];
    }

    private static double[][] Run(Program program, double[][] inputs) =>
        [.. Interpreter.Run<Float64>(program, inputs).Select(t => ((Tensor<double>)t).Elements)];

    private static double Inner(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        double scale = 1 + expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"element {i}: {expected[i]}, given {actual[i]}");
        }
    }
}

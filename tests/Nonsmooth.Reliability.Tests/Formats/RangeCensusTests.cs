using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Formats;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Formats;

public class RangeCensusTests
{
    private static readonly double[] _values =
        [0, -0.0, 1, -70000, 65519, 65520, 3e-8, 2.9e-8, 6e-5, 1e-4, 500, -464, 1e-39, 1e-45, 0.001, 0.0009, 61440, 3.4e38];

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Counts_what_each_format_would_do(Precision precision)
    {
        var program = Program.Trace(x => (-x).Sum(), new Shape(_values.Length));
        using var subject = new FixedSubject(program, [program.Inputs[0].Name], _values);
        var node = RangeCensus.Run(subject, new RangeOptions { Precision = precision }).Nodes[0];
        Assert.Equal(("neg", 18L, 2L, 0L), (node.Name, node.Values, node.Zeros, node.NonFinite));
        Assert.Equal(precision == Precision.Float32 ? 3.4e38f : 3.4e38, node.Largest);
        Same<Float16>(node, precision);
        Same<BFloat16>(node, precision);
        Same<Float8E4M3>(node, precision);
        Same<Float8E5M2>(node, precision);
        Assert.Contains("no format 'f8'", Assert.Throws<NonsmoothException>(() => node.In("f8")).Message);
    }

    // Where the first infinity comes from, whatever it makes of later nodes.
    [Theory]
    [InlineData("conv1")]
    [InlineData("conv2")]
    [InlineData("fc")]
    public void The_first_infinity_is_found_in_the_layer_that_was_blown_up(string layer)
    {
        using var subject = Network(layer);
        var narrow = RangeCensus.Run(subject, new RangeOptions { Precision = Precision.Float16 });
        Assert.Equal(($"{layer}.scale", "scale"), (narrow.First!.Node, narrow.First.Function));
        Assert.Equal((0, true), (narrow.First.Run, double.IsInfinity(narrow.First.Value)));

        // Single precision predicts it: no earlier node would overflow in 16 bits.
        var wide = RangeCensus.Run(subject);
        Assert.Null(wide.First);
        Assert.Equal(narrow.First.Node, wide.Nodes.First(n => n.In("f16").Overflow > 0).Name);
        Assert.Equal(narrow.First.Count, wide.Nodes.First(n => n.Name == narrow.First.Node).In("f16").Overflow);
        Assert.Equal(layer, wide.Layers.First(l => l.In("f16").Overflow > 0).Name);
        Assert.False(wide.Layers.First(l => l.In("f16").Overflow > 0).Backward);
        Assert.Contains(wide.Layers, l => l.Name == layer && l.Backward);
        Assert.Equal(wide.Nodes.Sum(n => n.Values), wide.Layers.Sum(l => l.Values));
    }

    [Fact]
    public void Without_a_blow_up_all_is_finite_and_an_input_that_does_not_fit_is_named()
    {
        using var subject = Network("");
        Assert.Null(RangeCensus.Run(subject, new RangeOptions { Precision = Precision.Float16 }).First);
        var program = Program.Trace(x => Functions.Relu(x).Sum(), new Shape(3));
        using var large = new FixedSubject(program, [program.Inputs[0].Name], (double[])[1, 2, 1e6]);
        Assert.Equal(
            new NonFiniteNode(0, program.Inputs[0].Name, "input", 2, double.PositiveInfinity, 1),
            RangeCensus.Run(large, new RangeOptions { Precision = Precision.Float16 }).First);
        Assert.Throws<NonsmoothException>(() => RangeCensus.Run(large, new RangeOptions { Batches = 2 }));
    }

    private static void Same<T>(ValueRange node, Precision precision)
        where T : IFormat
    {
        double[] x = [.. _values.Select(v => Math.Abs(precision == Precision.Float32 ? (float)v : v)).Where(v => v != 0)];
        double normal = Math.ScaleB(T.Smallest, T.Precision - 1);
        Assert.Equal(
            new FormatRange(
                T.Name,
                x.Count(v => !double.IsFinite(T.Round(v))),
                x.Count(v => T.Round(v) is > 0 && T.Round(v) < normal),
                x.Count(v => T.Round(v) == 0)),
            node.In(T.Name));
    }

    private static FixedSubject Network(string layer)
    {
        var program = Program.Trace(
            [("x", TensorType.Real(new Shape(2, 1, 12, 12))), ("w1", TensorType.Real(new Shape(2, 1, 3, 3))), ("w2", TensorType.Real(new Shape(3, 2, 2, 2))), ("w3", TensorType.Real(new Shape(12, 4)))],
            v =>
            {
                var b = v[0].Builder;
                var h = Stage("conv1", () => Functions.MaxPool2d(Functions.Relu(Blow("conv1", Functions.Conv2d(v[0], v[1]))), 2));
                h = Stage("conv2", () => Functions.MaxPool2d(Functions.Relu(Blow("conv2", Functions.Conv2d(h, v[2]))), 2).Reshape(new Shape(2, 12)));
                return [("loss", Stage("fc", () => Blow("fc", Functions.MatMul(h, v[3])).Mean()))];

                Variable Blow(string name, Variable x) => name == layer ? 1e6 * x : x;

                Variable Stage(string name, Func<Variable> make)
                {
                    using (b.Scope(name))
                    {
                        return make();
                    }
                }
            });
        double[] Wave(int count) => [.. Enumerable.Range(0, count).Select(i => 0.5 + (0.4 * Math.Sin(i)))];
        return new FixedSubject(program, ["w1", "w2", "w3"], Wave(288), Wave(18), Wave(24), Wave(48));
    }
}

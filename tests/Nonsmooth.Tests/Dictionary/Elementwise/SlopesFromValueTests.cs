namespace Nonsmooth.Tests.Dictionary.Elementwise;

public sealed class SlopesFromValueTests
{
    private static readonly double[] _points =
    [
        -7, -1.5, -1, -0.5, -double.Epsilon, -0.0, 0, double.Epsilon, 0.5, 1, 1.5, 6, 7,
        double.NegativeInfinity, double.PositiveInfinity, double.NaN,
    ];

    public static TheoryData<string> Rules => ["relu", "relu6", "hardtanh", "leaky_relu", "abs"];

    [Theory]
    [MemberData(nameof(Rules))]
    public void TheValueHasTheSlopesOfTheArgumentWhereTheRuleSaysSo(string name)
    {
        var function = Rule(name);
        var rule = (IPiecewiseLinear)((IUnaryFunction)function).Rule;
        var program = Program.Trace(x => x.Builder.Apply(function, x), new Shape(_points.Length));
        double[] values = ((Tensor<double>)Interpreter.Run<Float64>(program, _points)[0]).Elements;
        int from = 0;
        foreach (var selection in Selections())
        {
            if (rule.SlopesFromValue(selection))
            {
                var pieces = rule.Pieces(selection);
                Assert.Equal(Array.ConvertAll(_points, pieces.At), Array.ConvertAll(values, pieces.At));
                from++;
            }
        }

        Assert.Equal(name == "abs" ? 0 : 1, Math.Min(from, 1));
    }

    [Fact]
    public void TheArgumentIsReadOnlyWhereTheValueCannotTellAKink()
    {
        var program = Program.Trace(x => Functions.Relu(x).Sum(), new Shape(4));
        Assert.Equal("relu", Gated(Selection.Default));
        Assert.Equal("x", Gated(Selection.Default with { ReluAtZero = 0.5 }));

        string Gated(Selection selection)
        {
            var derived = program.Backprop("x", selection);
            var gate = derived.Nodes.Single(n => n.Function is Gate);
            return derived.NameOf(gate.Arguments[0]);
        }
    }

    [Fact]
    public void EverySelectionCostsTheSame()
    {
        var program = Program.Trace(x => Functions.Relu(x).Sum(), new Shape(4));
        Assert.Equal(
            program.Backprop("x", Selection.Default).Count(),
            program.Backprop("x", Selection.Default with { ReluAtZero = 0.5 }).Count());
    }

    private static IEnumerable<Selection> Selections() =>
    [
        Selection.Default, Selection.MinimalNorm, Selection.Jax, Selection.Default with { ReluAtZero = 0.5, Relu6AtBounds = 0.5 },
    ];

    private static ElementaryFunction Rule(string name) => name switch
    {
        "relu" => new Unary<Relu>(default),
        "relu6" => new Unary<Relu6>(default),
        "hardtanh" => new Unary<Hardtanh>(default),
        "leaky_relu" => new Unary<LeakyRelu>(new(0.1)),
        _ => new Unary<Abs>(default),
    };
}

using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Tests.Spellings;

public class WrittenTreeTests
{
    [Theory]
    [InlineData("lambda E, x: E.relu(x)", """["relu",{"x":0}]""")]
    [InlineData("lambda E, x: -x ** 2", """["neg",["power",{"x":0},2]]""")]
    [InlineData("lambda E, x: 0.5 ** 0.5 - x[1:]", """["sub",0.7071067811865476,["between",{"x":0},1,null]]""")]
    [InlineData("lambda E, x: x[:-1] * x[:, None]", """["mul",["between",{"x":0},0,-1],["as_column",{"x":0}]]""")]
    [InlineData("lambda E, x, y: E.where(x >= y, x[..., 0], -inf)", """["where",["ge",{"x":0},{"x":1}],["at_last",{"x":0},0],"-Infinity"]""")]
    [InlineData("lambda E, x: (lambda h: h[1] - h[0])((E.relu(x), E.abs(x)))", """["sub",["abs",{"x":0}],["relu",{"x":0}]]""")]
    [InlineData("lambda E, x: (lambda m: m(m(x[0], x[1]), 3.0))(lambda a, b: a + b)", """["add",["add",["at",{"x":0},0],["at",{"x":0},1]],3]""")]
    [InlineData("""lambda E, x: E.resize(x, 3, "nearest")""", """["resize",{"x":0},3,{"text":"nearest"}]""")]
    public void AText(string written, string tree) => Assert.Equal(tree, WrittenTree.Of(written)!.ToJsonString());

    [Theory]
    [InlineData("lambda E, x: y", "nothing is called 'y'")]
    [InlineData("lambda E, x: E.relu(x))", "')' is not expected")]
    [InlineData("E.relu(x)", "'E' is not expected")]
    public void OfAnotherKindIsRefused(string written, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => WrittenTree.Of(written)).Message, StringComparison.Ordinal);

    /// <summary>Trees of all spellings read as they were built: one function, built in both ways over the dictionary, is the same program.</summary>
    [Fact]
    public void EverySpellingHasOneAndItIsTheSpelling()
    {
        Assert.All(SpellingCatalogue.All, s => Assert.NotNull(WrittenTree.Find(s.Written)));
        int compared = 0;
        foreach (var spelling in SpellingCatalogue.All.Where(s => s.Kind == SpellingKind.Map))
        {
            if (spelling.Express(Dialect.Standard, [.. Enumerable.Repeat(new Shape(3), spelling.Arguments)]).Program is not { } built || Read(spelling) is not { } read)
            {
                continue;
            }

            double[][] points = [.. Enumerable.Range(0, spelling.Arguments).Select(a => new[] { 0.75 + a, -0.5, 2.25 - (2 * a) })];
            Assert.Equal(Values(built, points), Values(read, points));
            compared++;
        }

        Assert.True(compared > 150, $"{compared}");
    }

    private static double[] Values(Program program, double[][] points) =>
        ((Tensor<double>)Nonsmooth.Evaluation.Interpreter.Run<Arithmetic.Float64>(program, points)[0]).Elements;

    // The operations that most spellings use, over the dictionary.
    private static Program? Read(Spelling spelling)
    {
        try
        {
            return Program.Trace(
                [.. Enumerable.Range(0, spelling.Arguments).Select(i => ($"x{i}", TensorType.Real(new Shape(3))))],
                x => [("value", (Variable)WrittenTree.Run(WrittenTree.Of(spelling.Written), x, (n, a) => Apply(x[0], n, a))!)]);
        }
        catch (MissingFunctionException)
        {
            return null;
        }
    }

    private static object Apply(Variable like, string name, IReadOnlyList<object?> a)
    {
        Variable V(int i) => a[i] as Variable ?? Dialect.Standard.Full(like, (double)a[i]!);
        return name switch
        {
            "relu" => Functions.Relu(V(0)),
            "abs" => Functions.Abs(V(0)),
            "sign" => Functions.Sign(V(0)),
            "sqrt" => Functions.Sqrt(V(0)),
            "exp" => Functions.Exp(V(0)),
            "log" => Functions.Log(V(0)),
            "log1p" => Functions.LogP1(V(0)),
            "expm1" => Functions.ExpM1(V(0)),
            "sin" => Functions.Sin(V(0)),
            "maximum" => Functions.Maximum(V(0), V(1)),
            "minimum" => Functions.Minimum(V(0), V(1)),
            "full" => V(1),
            "clip" => Functions.Clamp(V(0), (double?)a[1] ?? double.NegativeInfinity, (double?)a[2] ?? double.PositiveInfinity),
            "where" => Functions.Where((Variable)a[0]!, V(1), V(2)),
            "add" => V(0) + V(1),
            "sub" => V(0) - V(1),
            "mul" => V(0) * V(1),
            "div" => V(0) / V(1),
            "neg" => -V(0),
            "power" => Functions.Pow(V(0), (double)a[1]!),
            "gt" => V(0) > V(1),
            "ge" => V(0) >= V(1),
            "lt" => V(0) < V(1),
            "le" => V(0) <= V(1),
            _ => throw new MissingFunctionException(name),
        };
    }
}

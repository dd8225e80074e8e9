namespace Nonsmooth.Tests.Programs;

/// <summary>Axes, ends and sizes as numpy reads them, or an error that names them.</summary>
public class ArgumentTests
{
    [Fact]
    public void TransposeTakesAxesFromTheEnd() =>
        Assert.Equal(new Shape(4, 2, 3), Of(new Shape(2, 3, 4), x => x.Transpose(-1, 0, 1)));

    [Fact]
    public void TransposeOfOneAxisOrNoneIsTheTensorItself()
    {
        Assert.Equal(new Shape(3), Of(new Shape(3), x => x.Transpose()));
        Assert.Equal(Shape.Scalar, Of(Shape.Scalar, x => x.Transpose()));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 3)]
    [InlineData(0, 1, -4)]
    public void TransposeRefusesWhatIsNoPermutationAndNamesIt(int a, int b, int c) =>
        Assert.Matches("is not a permutation of the axes of 2×3×4|is not an axis of 2×3×4", Refused(() => Of(new Shape(2, 3, 4), x => x.Transpose(a, b, c))));

    [Theory]
    [InlineData(-2, 5, 1, 2)]
    [InlineData(1, 99, 1, 4)]
    [InlineData(-99, 2, 1, 2)]
    [InlineData(0, -1, 2, 2)]
    [InlineData(3, 1, 1, 0)]
    [InlineData(7, 9, 1, 0)]
    [InlineData(int.MinValue, int.MaxValue, int.MaxValue, 1)]
    public void SliceReadsItsEndsAsNumpyDoes(int start, int end, int step, int size) =>
        Assert.Equal(new Shape(2, size), Of(new Shape(2, 5), x => x.Slice(-1, start, end, step)));

    [Fact]
    public void SliceFromTheEndTakesTheLastValues()
    {
        var program = Program.Trace(x => x.Slice(0, -2, 9), new Shape(4));
        Assert.Equal([3.0, 4.0], ((Tensor<double>)Interpreter.Run<Float64>(program, new double[] { 1, 2, 3, 4 })[0]).Elements);
    }

    [Fact]
    public void SliceRefusesAStepBelowOneAndNamesIt() => Assert.Contains("has step 0: give at least 1", Refused(() => Of(new Shape(5), x => x.Slice(0, 0, 5, 0))), StringComparison.Ordinal);

    [Fact]
    public void ANegativeSizeIsNamed() => Assert.Equal("-1 is no size of an axis, in (-1, 1): give at least 0", Refused(() => new Shape(-1, 1)));

    [Fact]
    public void MoreElementsThanCanBeCountedAreNamed()
    {
        Assert.Contains("has more elements than 63 bits count", Refused(() => new Shape(int.MaxValue, int.MaxValue, int.MaxValue)), StringComparison.Ordinal);
        Assert.Equal(0, new Shape(int.MaxValue, int.MaxValue, int.MaxValue, 0).Count64);
        Assert.Contains("more than the 2147483591 of one array", Refused(() => new Shape(65536, 65536).Elements), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void HuberRefusesADeltaThatIsNotAboveZero(double delta) =>
        Assert.Contains("huber has delta", Refused(() => Program.Trace((x, y) => Huber(x, y, delta), new Shape(2), new Shape(2))), StringComparison.Ordinal);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void DropoutRefusesWhatIsNoRate(double rate) => Assert.Contains("dropout has rate", Refused(() => Dropped(rate)), StringComparison.Ordinal);

    [Fact]
    public void DropoutOfAllIsZeroAndSoIsItsGradient()
    {
        var gradient = Dropped(1).Backprop("x");
        var results = Interpreter.Run<Float64>(gradient, new double[] { 1, double.PositiveInfinity, -2 }, new long[] { 5 });
        Assert.Equal([0.0], ((Tensor<double>)results[0]).Elements);
        Assert.Equal([0.0, 0.0, 0.0], ((Tensor<double>)results[1]).Elements);
    }

    [Fact]
    public void DefinitionsOfTwoThousandBatchSizesAreNotAllKept()
    {
        var first = Made(1);
        for (int batch = 2; batch <= 2000; batch++)
        {
            Made(batch);
        }

        GC.Collect();
        Assert.False(first.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Made(int batch) =>
        new(new Huber(0.75).Definition([TensorType.Real(new Shape(batch, 3)), TensorType.Real(new Shape(batch, 3))]));

    private static Program Dropped(double rate)
    {
        var builder = new ProgramBuilder();
        var (x, step) = (builder.Input("x", new Shape(3)), builder.Input("step", TensorType.Index(Shape.Scalar)));
        return builder.Build([("loss", Dropout(x, step, rate, 1).Sum())]);
    }

    private static Shape Of(Shape shape, Func<Variable, Variable> apply)
    {
        var program = Program.Trace(apply, shape);
        return program.Types[program.Outputs[0].Value].Shape;
    }

    private static string Refused(Func<object> use) => Assert.ThrowsAny<NonsmoothException>(() => { _ = use(); }).Message;
}

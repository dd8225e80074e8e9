namespace Nonsmooth.Tests.Dictionary;

public sealed class ConstantTests
{
    [Fact]
    public void EqualContentsAreOneNodeAndCopied()
    {
        var builder = new ProgramBuilder();
        double[] numbers = [1, 2, 3];
        var a = builder.Constant(Tensor.Of(new Shape(3), numbers));
        var b = builder.Constant(Tensor.Of(new Shape(3), new double[] { 1, 2, 3 }));
        numbers[0] = 9;
        Assert.Same(a, b);
        Assert.NotSame(a, builder.Constant(Tensor.Of(new Shape(3), numbers)));
        Assert.NotSame(a, builder.Constant(Tensor.Of(new Shape(1, 3), new double[] { 1, 2, 3 })));
        Assert.NotSame(
            builder.Constant(Tensor.Of(Shape.Scalar, new[] { 0.0 })), builder.Constant(Tensor.Of(Shape.Scalar, new[] { -0.0 })));
        Assert.Equal([1, 2, 3], ((Tensor<double>)Interpreter.Run<Float64>(builder.Build([("a", a)]))[0]).Elements);
    }

    [Fact]
    public void ItIsRoundedInEachFormatDifferentiatedInNoneAndFree()
    {
        var program = Program.Trace(x => (x * x.Builder.Constant(Tensor.Of(new Shape(2), new[] { 0.1, 2 }))).Sum(), new Shape(2));
        Assert.Equal(BFloat16.Round(0.1), Gradient<BFloat16>(program)[0]);
        Assert.Equal(0.1f, Gradient<Float32>(program)[0]);
        Assert.Equal(0.1, Gradient<Float64>(program)[0]);
        Assert.Equal(3, program.Count().Total);
        Assert.Equal(["x"], program.Backprop(new BackpropOptions()).WithRespectTo);
    }

    [Fact]
    public void TheListingPrintsShapeAndFingerprint()
    {
        var program = Program.Trace(x => Where(x.Builder.Constant(Tensor.Of(new Shape(2), new[] { true, false })), x, 0), new Shape(2));
        Assert.Contains("constant = constant[47dc540c]() : bool 2", program.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherElementsAreRefused() => Assert.Equal(
        "a constant is a tensor of double, long or bool, not Tensor`1: convert it",
        Assert.Throws<NonsmoothException>(() => new ConstantTensor(Tensor.Of(Shape.Scalar, new[] { 1f }))).Message);

    [Fact]
    public void IndicesAreCombinedComparedAndCast()
    {
        var builder = new ProgramBuilder();
        var i = builder.Input("i", TensorType.Index(new Shape(4)));
        var three = builder.Constant(Tensor.Of(Shape.Scalar, new[] { 3L }));
        var program = builder.Build(
        [
            ("quotient", Combine(IndexOperation.FloorDivide, i, three)), ("rest", Combine(IndexOperation.Remainder, i, three)),
            ("less", Less(i, three)), ("real", Cast(i, ElementKind.Real)), ("back", Cast(Cast(i, ElementKind.Real), ElementKind.Index)),
            ("some", Cast(Cast(i, ElementKind.Boolean), ElementKind.Index)),
        ]);
        var results = Interpreter.Run<Float64>(program, new long[] { -4, 0, 5, 3 });
        Assert.Equal([-2, 0, 1, 1], ((Tensor<long>)results[0]).Elements);
        Assert.Equal([2, 0, 2, 0], ((Tensor<long>)results[1]).Elements);
        Assert.Equal([true, true, false, false], ((Tensor<bool>)results[2]).Elements);
        Assert.Equal([-4, 0, 5, 3], ((Tensor<double>)results[3]).Elements);
        Assert.Equal([-4, 0, 5, 3], ((Tensor<long>)results[4]).Elements);
        Assert.Equal([1, 0, 1, 1], ((Tensor<long>)results[5]).Elements);
        var zero = builder.Build([("q", Combine(IndexOperation.FloorDivide, i, builder.Constant(Tensor.Of(Shape.Scalar, new[] { 0L }))))]);
        Assert.EndsWith(
            "index_floor_divide: element 0 of the divisor is 0",
            Assert.Throws<NonsmoothException>(() => Interpreter.Run<Float64>(zero, new long[] { 1, 2, 3, 4 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ConstantsOfARuleAreRoundedByEachFormatAndNotByTheTracer()
    {
        var program = Program.Trace(x => ((IUnaryFunction)new Unary<Tenths>(default)).Expand(x), Shape.Scalar);
        Assert.Equal(Value<Float16>(Program.Trace(x => x.Builder.Apply(new Unary<Tenths>(default), x), Shape.Scalar)), Value<Float16>(program));
        Assert.Equal(Value<Float32>(Program.Trace(x => x.Builder.Apply(new Unary<Tenths>(default), x), Shape.Scalar)), Value<Float32>(program));

        // What tracing in double precision would have made of it.
        double folded = Float16.Round(Float16.Round(0.1 * 0.1) * 1.5);
        Assert.NotEqual(folded, Value<Float16>(program));
        // The product of the constants is there to be rounded, so it is made and counted.
        Assert.Equal(2, program.Count().Total);
    }

    private static double Value<TFormat>(Program program)
        where TFormat : struct, IFormat => ((Tensor<double>)Interpreter.Run<TFormat>(program, new[] { 1.5 })[0])[0];

    private static double[] Gradient<TFormat>(Program program)
        where TFormat : struct, IFormat =>
        ((Tensor<double>)Interpreter.Run<TFormat>(program.Backprop(new BackpropOptions { KeepValues = false }), new[] { 1.0, 1 })[0]).Elements;

    private readonly record struct Tenths : IUnary
    {
        public string Name => "tenths";

        public Regularity Regularity => Regularity.Smooth;

        public T Value<T>(T x)
            where T : IScalar<T> => x * Factor<T>();

        public T Slope<T>(T x, T y, Selection selection)
            where T : IScalar<T> => Factor<T>();

        private static T Factor<T>()
            where T : IScalar<T> => T.FromDouble(0.1) * T.FromDouble(0.1);
    }
}

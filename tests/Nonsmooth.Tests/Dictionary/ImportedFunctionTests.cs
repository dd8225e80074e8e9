namespace Nonsmooth.Tests.Dictionary;

/// <summary>Functions that networks from elsewhere need, by hand at the places that are easily wrong.</summary>
public sealed class ImportedFunctionTests
{
    [Fact]
    public void AProductWithAZeroHasTheSlopeOfTheOthers() =>
        Assert.Equal([0, 8, 0, 0], Slopes(x => x.Product(), [2, 0, 4, 1]));

    [Fact]
    public void AProductWithTwoZerosHasNone() => Assert.Equal([0, 0, 0], Slopes(x => x.Product(), [0, 3, 0]));

    [Fact]
    public void ARunningProductIsDifferentiatedAcrossAZero() =>
        Assert.Equal([1 + 0 + 0, 2 + (2 * 3), 0], Slopes(x => x.CumulativeProduct(0).Sum(), [2, 0, 3]));

    [Fact]
    public void ARecurrenceIsItsFormula() =>
        Assert.Equal([1.0, (0.5 * 1) + 2, (-2 * 2.5) + 3], Value(x => Functions.Recurrence(Parts(x, 0, 3), Parts(x, 3, 6)), [9, 0.5, -2, 1, 2, 3]));

    [Theory]
    [InlineData(3.0)]
    [InlineData(1.5)]
    [InlineData(-1.0)]
    public void ANormHasNoSlopeAtTheZeroVector(double order) => Assert.Equal([0, 0], Slopes(x => x.VectorNorm(order, false), [0, 0]));

    [Theory]
    [InlineData(QuantileInterpolation.Linear, 1.75)]
    [InlineData(QuantileInterpolation.Lower, 1)]
    [InlineData(QuantileInterpolation.Higher, 2)]
    [InlineData(QuantileInterpolation.Midpoint, 1.5)]
    [InlineData(QuantileInterpolation.Nearest, 2)]
    public void AQuantileLiesBetweenItsNeighbours(QuantileInterpolation interpolation, double expected) =>
        Assert.Equal([expected], Value(x => x.Quantile(x.Builder.Apply(new Fill(Shape.Scalar, 0.25)), 0, interpolation), [4, 1, 2, 7]));

    [Fact]
    public void AQuantileOfALineWithNaNIsNaN() =>
        Assert.Equal([double.NaN], Value(x => x.Quantile(x.Builder.Apply(new Fill(Shape.Scalar, 0.5)), 0), [4, double.NaN, 2]));

    [Fact]
    public void EinsumTakesDiagonalsSumsAndProducts()
    {
        Assert.Equal([1 + 4], Value(x => Functions.Einsum("ii->", x.Reshape(new Shape(2, 2))), [1, 2, 3, 4]));
        Assert.Equal([1.0, 3, 2, 4], Value(x => Functions.Einsum("ij->ji", x.Reshape(new Shape(2, 2))), [1, 2, 3, 4]));
        Assert.Equal([7.0, 10, 15, 22], Value(x => Functions.Einsum("ij,jk", x.Reshape(new Shape(2, 2)), x.Reshape(new Shape(2, 2))), [1, 2, 3, 4]));
        var error = Assert.Throws<ShapeException>(() => Value(x => Functions.Einsum("ij,j", x.Reshape(new Shape(2, 2))), [1, 2, 3, 4]));
        Assert.Contains("2 terms for 1 operands", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASingularMatrixHasItsCofactorsAsSlopes() =>
        Assert.Equal([4.0, -2, -2, 1], Slopes(x => Functions.Determinant(x.Reshape(new Shape(2, 2))), [1, 2, 2, 4]));

    [Fact]
    public void DeterminantsOfLargerMatricesAreRight() =>
        Assert.Equal([-64.0], Value(x => Functions.Determinant(x.Reshape(new Shape(4, 4))), [2, 0, 1, 3, 1, 4, 0, 2, 0, 5, 1, 1, 3, 2, 2, 0]));

    [Fact]
    public void APositionThatAttendsToNoneGetsZeroAndGivesNoNaN()
    {
        double[] q = [1, 2, 3, 4];
        Assert.Equal([0, 0, 0, 0], Slopes(x => Attended(x), q));
        Assert.Equal([0.0, 0, 0, 0], Value(Attended, q));

        static Variable Attended(Variable x)
        {
            var rows = x.Reshape(new Shape(2, 2));
            var none = x.Builder.Constant(Tensor.Of(new Shape(2, 2), [false, false, false, false]));
            return Functions.ScaledDotProductAttention(rows, rows, rows, none);
        }
    }

    [Fact]
    public void RotatingTurnsPairsOfHalvesOrOfNeighbours()
    {
        Assert.Equal([-3.0, -4, 1, 2], Value(x => Turned(x, false), [1, 2, 3, 4]));
        Assert.Equal([-2.0, 1, -4, 3], Value(x => Turned(x, true), [1, 2, 3, 4]));

        static Variable Turned(Variable x, bool interleaved) => Functions.RotaryEmbedding(
            x.Reshape(new Shape(1, 4)), x.Builder.Apply(new Fill(new Shape(1, 2), 0)), x.Builder.Apply(new Fill(new Shape(1, 2), 1)), interleaved);
    }

    [Fact]
    public void APReluTakesTheLeftSlopeUnlessSelected()
    {
        Assert.Equal([0.25, 0.25, 1], Slopes(x => Functions.Prelu(x, Quarter(x)), [-1, 0, 2]));
        Assert.Equal([0.25, 1, 1], Slopes(x => Functions.Prelu(x, Quarter(x)), [-1, 0, 2], new Selection { LeakyReluAtZero = KinkRule.Right }));

        static Variable Quarter(Variable x) => x.Builder.Apply(new Fill(Shape.Scalar, 0.25));
    }

    [Fact]
    public void ShrinkingIsFlatAtItsBoundsUnlessSelected()
    {
        Assert.Equal([1, 0, 0, 0, 1], Slopes(x => Functions.Softshrink(x, 0.5), [-1, -0.5, 0, 0.5, 1]));
        Assert.Equal([1, 1, 0, 1, 1], Slopes(x => Functions.Softshrink(x, 0.5), [-1, -0.5, 0, 0.5, 1], Selection.Default.With(Nonsmooth.Dictionary.Softshrink.AtBounds, KinkRule.Steepest)));
        Assert.Equal([-1.0, 0, 0, 0, 1], Value(x => Functions.Hardshrink(x, 0.5), [-1, -0.5, 0, 0.5, 1]));
        Assert.Equal([0, 0, 1], Slopes(x => Functions.Threshold(x, 0.5), [0, 0.5, 1]));
    }

    [Fact]
    public void AtanOfTwoKnowsTheSignsOfZeros() => Assert.Equal(
        [Math.PI, -Math.PI, 0, -0.0, Math.PI / 2, Math.PI / 4],
        Value(x => Functions.Atan2(Parts(x, 0, 6), Parts(x, 6, 12)), [0, -0.0, 0, -0.0, 1, double.PositiveInfinity, -1, -0.0, 1, 2, -0.0, double.PositiveInfinity]));

    [Fact]
    public void CtcCountsAlignments()
    {
        // Two steps, blank and one label, all equally likely: three of four paths spell the label.
        double half = Math.Log(0.5);
        double[] loss = Value(
            x => ConnectionistLoss.Ctc(x.Reshape(new Shape(2, 1, 2)), Indices(x, [1], new Shape(1, 1)), Indices(x, [2], new Shape(1)), Indices(x, [1], new Shape(1))),
            [half, half, half, half]);
        Assert.Equal(-Math.Log(0.75), loss[0], 12);

        // A repeated label needs a blank between, and three steps.
        double[] impossible = Value(
            x => ConnectionistLoss.Ctc(x.Reshape(new Shape(2, 1, 2)), Indices(x, [1, 1], new Shape(1, 2)), Indices(x, [2], new Shape(1)), Indices(x, [2], new Shape(1))),
            [half, half, half, half]);
        Assert.Equal(double.PositiveInfinity, impossible[0]);

        static Variable Indices(Variable x, long[] values, Shape shape) => x.Builder.Constant(Tensor.Of(shape, values));
    }

    private static Variable Parts(Variable x, int from, int to) => x.Slice(0, from, to);

    private static double[] Value(Func<Variable, Variable> function, double[] x)
    {
        var builder = new ProgramBuilder();
        var program = builder.Build([("y", function(builder.Input("x", new Shape(x.Length))))]);
        return ((Tensor<double>)Interpreter.Run<Float64>(program, x)[0]).Elements;
    }

    private static double[] Slopes(Func<Variable, Variable> function, double[] x, Selection? selection = null)
    {
        var builder = new ProgramBuilder();
        var program = builder.Build([("y", function(builder.Input("x", new Shape(x.Length))).Sum())]);
        var gradient = program.Backprop(new BackpropOptions { Selection = selection ?? Selection.Default, KeepValues = false });
        return [.. ((Tensor<double>)Interpreter.Run<Float64>(gradient, x)[0]).Elements.Select(v => v == 0 ? 0 : v)];
    }
}

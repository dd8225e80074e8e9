namespace Nonsmooth.Tests.Dictionary;

public sealed class StandardDictionaryTests
{
    public static TheoryData<int, string> Rows
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < StandardDictionary.Rows.Count; i++)
            {
                data.Add(i, StandardDictionary.Rows[i].ToString());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryFunctionKeepsItsContract(int row, string name)
    {
        Assert.NotEmpty(name);
        for (int seed = 0; seed < 5; seed++)
        {
            RuleChecker.Check(StandardDictionary.Rows[row], (1000 * row) + seed);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void DeclaredKinksHaveTheirOneSidedSlopes(int row, string name)
    {
        if (StandardDictionary.Rows[row].Function is not IUnaryFunction)
        {
            return;
        }

        var function = StandardDictionary.Rows[row].Function;
        var program = Program.Trace(x => x.Builder.Apply(function, x), Shape.Scalar);
        foreach (var selection in new[] { Selection.Default, Selection.MinimalNorm, Selection.Jax })
        {
            foreach (var kink in function.KinkPoints(selection))
            {
                const double h = 1e-6;
                Assert.Equal(kink.Left, (Value(kink.At) - Value(kink.At - h)) / h, 5);
                Assert.Equal(kink.Right, (Value(kink.At + h) - Value(kink.At)) / h, 5);
                var derived = program.Backprop(new BackpropOptions { Selection = selection, KeepValues = false });
                double selected = ((Tensor<double>)Interpreter.Run<Float64>(derived, new[] { kink.At })[0])[0];
                Assert.Equal(kink.Selected, selected, 12);
                if (!ReferenceEquals(selection, Selection.Jax))
                {
                    double low = Math.Min(kink.Left, kink.Right);
                    Assert.True(selected >= low && selected <= Math.Max(kink.Left, kink.Right), $"{name} at {kink.At}: {selected}");
                }
            }
        }

        double Value(double x) => ((Tensor<double>)Interpreter.Run<Float64>(program, new[] { x })[0])[0];
    }

    [Fact]
    public void ARowTwiceIsRefused()
    {
        var row = StandardDictionary.Rows[0];
        var dictionary = new FunctionDictionary([row]);
        Assert.Contains("twice", Assert.Throws<NonsmoothException>(() => dictionary.Register(row)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFunctionThatDoesNotStateItsCostIsRefused()
    {
        var row = new DictionaryRow(new Costless(), [ExampleArgument.Reals(Shape.Scalar)]);
        var error = Assert.Throws<NonsmoothException>(() => new FunctionDictionary([row]));
        Assert.Contains("does not state its cost", error.Message, StringComparison.Ordinal);
    }

    private sealed record Costless : ElementaryFunction
    {
        public override string Name => "costless";

        protected override FunctionFacts? Facts => FunctionFacts.Smooth;

        public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => arguments;

        public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => arguments;

        public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => tangents;

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => cotangents;

        public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
            throw new NotSupportedException("no formula");
    }
}

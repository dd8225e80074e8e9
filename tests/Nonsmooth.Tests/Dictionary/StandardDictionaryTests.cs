using Nonsmooth.Testing;

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

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryFunctionKeepsItsContract(int row, string name)
    {
        Assert.NotEmpty(name);
        RuleCheck.Of(StandardDictionary.Rows[row], new RuleCheckOptions { Seed = 1000 * row }).ThrowIfFailed();
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void DeclaredKinksAreTried(int row, string name)
    {
        var function = StandardDictionary.Rows[row].Function;
        var report = RuleCheck.Of(StandardDictionary.Rows[row], new RuleCheckOptions { Draws = 1 });
        Assert.True(report.Comparisons.GetValueOrDefault("kinks") >= 12 * function.KinkPoints(Selection.Default).Count, name);
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

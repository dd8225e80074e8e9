namespace Nonsmooth.Tests.Selections;

public class SelectionKeyTests
{
    [Fact]
    public void PropertiesAreViewsOfKeys()
    {
        var half = Selection.Default with { ReluAtZero = 0.5 };
        Assert.Equal(KinkRule.Of(0.5), half.Of(SelectionKeys.ReluAtZero));
        Assert.Equal(half, Selection.Default.With(SelectionKeys.ReluAtZero, 0.5));
        Assert.Equal(Selection.Default, half with { ReluAtZero = 0 });
        Assert.Equal("relu-at-zero=0.5", half.ToString());
        Assert.NotEqual(Selection.Default, half);
        Assert.Equal(half.GetHashCode(), (Selection.Default with { ReluAtZero = 0.5 }).GetHashCode());
    }

    [Fact]
    public void MinimalNormHoldsUnderEveryKey()
    {
        foreach (var key in SelectionKey.Known)
        {
            object rule = key.RuleOf(Selection.MinimalNorm);
            Assert.True(rule is not KinkRule || rule.Equals(KinkRule.MinimalNorm), $"{key}: {rule}");
            Assert.True(rule is not TieRule || rule.Equals(TieRule.Average), $"{key}: {rule}");
        }
    }

    // A3: a misspelt node was ignored.
    [Theory]
    [InlineData("no.such.node")]
    [InlineData("frist")]
    [InlineData("first.rel")]
    public void ANameThatNoNodeHasIsRefusedWhereTheSelectionIsApplied(string name)
    {
        var refused = Assert.Throws<NonsmoothException>(() => Scoped().Backprop(new BackpropOptions { Selection = Selection.Default.At(name, Selection.MinimalNorm) }));
        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(name == "no.such.node" ? "first.relu" : name == "frist" ? "did you mean first?" : "did you mean first.relu?", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesAreCheckedInForwardModeToo() => Assert.Throws<NonsmoothException>(() =>
        Scoped().Forprop(new ForpropOptions { Selection = Selection.Default.At("third", Selection.MinimalNorm) }));

    // A4: relu of one x in two modules was one node.
    [Theory]
    [InlineData("first", 1, 0)]
    [InlineData("second", 0, 1)]
    public void ASelectionAtOneModuleLeavesAnotherAlone(string module, double first, double second)
    {
        var gradient = Scoped().Backprop(new BackpropOptions { Selection = Selection.Default.At(module, Selection.Default with { ReluAtZero = 1 }) });
        var values = Interpreter.Run<Float64>(gradient, new[] { 0.0 });
        Assert.Equal((10 * first) + second, ((Tensor<double>)values[1])[0]);
    }

    [Fact]
    public void InOneModuleEqualApplicationsAreStillOne()
    {
        var program = Program.Trace(static x =>
        {
            using (x.Builder.Scope("only"))
            {
                return Functions.Relu(x) + Functions.Relu(x);
            }
        }, Shape.Scalar);
        Assert.Single(program.Nodes, n => n.Function.Name == "relu");
    }

    private static Program Scoped() => Program.Trace(static x =>
    {
        Variable first, second;
        using (x.Builder.Scope("first"))
        {
            first = Functions.Relu(x);
        }

        using (x.Builder.Scope("second"))
        {
            second = Functions.Relu(x);
        }

        return (10 * first) + second;
    }, Shape.Scalar);
}

namespace Nonsmooth.Tests.Selections;

/// <summary>A selection for one scope holds there and nowhere else, even where scopes compute the same.</summary>
public sealed class ScopedSharingTests
{
    [Theory]
    [InlineData("first", 3)]
    [InlineData("second", 5)]
    public void EqualKinksOfTwoScopesAreSelectedApart(string scope, double slope)
    {
        var program = Twice(Relu);
        Assert.Equal(2, program.Nodes.Count(n => n.Function.Name == "relu"));
        var selection = Selection.Default.At(scope, Selection.Default with { ReluAtZero = 1 });
        var gradient = program.Backprop("x", selection);
        Assert.Equal([slope], ((Tensor<double>)Interpreter.Run<Float64>(gradient, new[] { 0.0 })[1]).Elements);
        Assert.Equal([slope], ((Tensor<double>)Interpreter.Run<Float64>(gradient.Flatten().Prune(), new[] { 0.0 })[1]).Elements);
    }

    [Fact]
    public void WhatIsSmoothAndWhatIsInOneScopeIsStillMadeOnce()
    {
        Assert.Single(Twice(Sin).Nodes, n => n.Function.Name == "sin");
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(1));
        Variable Made(string scope)
        {
            using (builder.Scope(scope))
            {
                return Relu(x);
            }
        }

        Assert.Same(Made("a"), Made("a"));
        Assert.NotSame(Made("a"), Made("b"));
        Assert.Same(Relu(x), Relu(x));
    }

    private static Program Twice(Func<Variable, Variable> function)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(1));
        Variable first, second;
        using (builder.Scope("first"))
        {
            first = function(x);
        }

        using (builder.Scope("second"))
        {
            second = function(x);
        }

        return builder.Build([("value", Add(Scale(first, 3), Scale(second, 5)).Sum())]);
    }
}

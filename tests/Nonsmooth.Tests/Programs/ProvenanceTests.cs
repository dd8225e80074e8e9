using Nonsmooth.Checkpointing;

namespace Nonsmooth.Tests.Programs;

/// <summary>Where a node comes from is data: no name is read for it.</summary>
public sealed class ProvenanceTests
{
    [Fact]
    public void BackpropFillsRoleOriginAndSeed()
    {
        var program = Program.Trace(x => Exp(Sin(x)), new Shape(2));
        var gradient = program.Backprop(new BackpropOptions { Seeds = 2 });
        Assert.Equal(
            [("sin", "Primal", null, 0), ("exp", "Primal", null, 0), ("exp.vjp.mul", "Vjp", "exp", 0), ("cos", "Vjp", "sin", 0),
                ("mul", "Vjp", "sin", 0), ("mul", "Vjp", "exp", 1), ("mul", "Vjp", "sin", 1)],
            gradient.Nodes.Select(n => (n.Index is < 3 ? n.Name : n.Function.Name, $"{n.Role}", n.Origin?.Name, n.Seed)));
    }

    [Fact]
    public void ForpropFillsThemToo()
    {
        var tangents = Program.Trace(x => Exp(x), new Shape(2)).Forprop(new ForpropOptions { Directions = 2 });
        Assert.Equal([(NodeRole.Jvp, "exp", 0), (NodeRole.Jvp, "exp", 1)], tangents.Nodes.Skip(1).Select(n => (n.Role, n.Origin!.Name, n.Seed)));
    }

    [Fact]
    public void AnOriginThatIsTakenOutIsNoneButTheLineageStays()
    {
        var gradient = Program.Trace(x => Square(Sin(x)).Sum(), new Shape(2)).Backprop(new BackpropOptions { KeepValues = false });
        Assert.DoesNotContain(gradient.Nodes, n => n.Name == "square");
        var nodes = gradient.Nodes.Where(n => n.IsDerivativeOf("square")).ToList();
        Assert.NotEmpty(nodes);
        Assert.All(nodes, n => Assert.Equal((NodeRole.Vjp, null, "square"), (n.Role, n.Origin, n.Lineage().Last())));
        var sine = gradient.Nodes.First(n => n.IsDerivativeOf("sin"));
        Assert.Equal("sin", sine.Origin!.Name);
    }

    [Fact]
    public void WhatIsWrittenOutStandsForTheWhole()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(3));
        using (builder.Scope("head"))
        {
            x = MeanSquaredError(x, builder.Input("t", new Shape(3)));
        }

        var flat = builder.Build([("loss", x)]).Flatten();
        Assert.True(flat.Nodes.Count > 1);
        string whole = builder.Build([("loss", x)]).Nodes[0].Name;
        Assert.All(flat.Nodes, n => Assert.Equal((NodeRole.Primal, whole, $"{n.Module}"), (n.Role, n.Lineage().Last(), whole)));
        Assert.All(
            flat.Backprop("x").Nodes.Where(n => n.Role == NodeRole.Vjp),
            n => Assert.Equal((whole, NodeRole.Primal), (n.Lineage().Last(), n.Origin!.Role)));
    }

    [Fact]
    public void ADerivativeIsInTheModuleOfWhatItDerives()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(3));
        using (builder.Scope("a.vjp"))
        {
            x = Exp(x);
        }

        var gradient = builder.Build([("value", Sin(x).Sum())]).Backprop("x");
        Assert.Equal(NodeRole.Primal, gradient.Nodes[0].Role);
        Assert.All(gradient.Nodes.Where(n => n.IsDerivativeOf("a.vjp.exp")), n => Assert.Equal("a.vjp", n.Module));
        Assert.All(gradient.Nodes.Where(n => n.IsDerivativeOf("sin")), n => Assert.Equal("", n.Module));
    }

    [Fact]
    public void WhatIsComputedAgainSaysSo()
    {
        var forward = Deep("", "x");
        var options = new BackpropOptions { WithRespectTo = ["x"] };
        var chain = SegmentChain.Of(forward, options, 4);
        var plan = CheckpointPlan.Revolve(chain, 1);
        var program = Checkpointer.Apply(forward, options, plan);
        var again = program.Nodes.Where(n => n.Role == NodeRole.Recomputed).ToList();
        Assert.NotEmpty(again);
        Assert.All(again, n => Assert.Equal((n.Function, NodeRole.Primal), (n.Origin!.Function, n.Origin.Role)));
        Assert.All(program.Nodes, n => Assert.Equal(n.Copy > 0, n.Role == NodeRole.Recomputed));
    }

    [Fact]
    public void RenamingChangesNoCountAndNoMemory()
    {
        var (one, two) = (Deep("encoder", "x"), Deep("a.vjp", "grad.seed"));
        var (a, b) = (CostAnalysis.Analyze(one), CostAnalysis.Analyze(two));
        Assert.Equal(a.Nodes.Select(n => n with { Name = "" }), b.Nodes.Select(n => n with { Name = "" }));
        Assert.True(a.Backward.Operations.Total > 0);
        var (left, right) = (one.Backprop(new BackpropOptions()), two.Backprop(new BackpropOptions()));
        Assert.Equal(left.Nodes.Select(Anonymous), right.Nodes.Select(Anonymous));
        var (m, n) = (LivenessSimulator.Simulate(left), LivenessSimulator.Simulate(right));
        Assert.Equal((m.Peak, m.AtPeak), (n.Peak, n.AtPeak));
        Assert.True(m.AtPeak.Saved > 0);

        static (ElementaryFunction, NodeRole, int?, int) Anonymous(Node node) => (node.Function, node.Role, node.Origin?.Index, node.Seed);
    }

    [Fact]
    public void NamesDoNotDependOnWhenTheyAreAskedFor()
    {
        var (one, two) = (Deep("m", "x"), Deep("m", "x"));
        string[] early = [.. one.Nodes.Select(n => n.Name)];
        var (g, h) = (one.Backprop("x").Flatten(), two.Backprop("x").Flatten());
        Assert.Equal(h.Nodes.Reverse().Select(n => n.Name).Reverse(), g.Nodes.Select(n => n.Name));
        Assert.Equal(early, two.Nodes.Select(n => n.Name));
        Assert.Equal(g.Nodes.Count, g.Nodes.Select(n => n.Name).Distinct().Count());
    }

    private static Program Deep(string scope, string input)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input(input, new Shape(16));
        var y = x;
        for (int i = 0; i < 8; i++)
        {
            using (scope.Length > 0 ? builder.Scope(scope) : null)
            {
                y = Tanh(y) * Softplus(Sin(y));
            }
        }

        return builder.Build([("value", Huber(y, x).Sum())]);
    }
}

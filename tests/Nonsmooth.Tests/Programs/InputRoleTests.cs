namespace Nonsmooth.Tests.Programs;

/// <summary>What an input is comes from its role, never from its name.</summary>
public sealed class InputRoleTests
{
    [Theory]
    [InlineData(InputRole.Data, 40)]
    [InlineData(InputRole.Parameter, 8)]
    public void ANameChangesNoCount(InputRole role, long parameters)
    {
        var x = Cost("x", role);
        var images = Cost("images", role);
        Assert.Equal(x.Forward, images.Forward);
        Assert.Equal(x.Backward, images.Backward);
        Assert.Equal(x.SavedWords, images.SavedWords);
        Assert.Equal((parameters, parameters), (x.Parameters, images.Parameters));
    }

    [Fact]
    public void WhatIsAskedForByNameIsKeptAnyway()
    {
        var declared = Cost("x", InputRole.Parameter);
        var asked = CostAnalysis.Analyze(Program("x", InputRole.Data), new CostOptions { WithRespectTo = ["w"] });
        Assert.Equal(declared.SavedWords, asked.SavedWords);
        Assert.Equal(declared.Backward, asked.Backward);
    }

    [Fact]
    public void EveryTransformationKeepsTheRoles()
    {
        var builder = new ProgramBuilder();
        var roles = Enum.GetValues<InputRole>();
        Variable[] inputs = [.. roles.Select(role => builder.Input($"{role}", new Shape(2), role))];
        var sum = inputs.Aggregate(Add);
        var program = builder.Build([("value", Softplus(sum).Sum()), ("other", sum)]);
        Assert.Equal(roles, Roles(program));
        Assert.Equal(roles, Roles(program.Flatten()));
        Assert.Equal(roles, Roles(program.Prune()));
        Assert.Equal(roles, Roles(program.Only("other")));
        Assert.Equal(roles, Roles(program.Rewrite((_, _) => null)));
        Assert.Equal([.. roles, InputRole.Seed, InputRole.Seed], Roles(program.Backprop(new BackpropOptions())));
        Assert.Equal([.. roles, InputRole.Tangent], Roles(program.Forprop(new ForpropOptions { WithRespectTo = ["Data"] })));
    }

    private static IEnumerable<InputRole> Roles(Program program) => program.Inputs.Select(i => i.Role);

    private static CostReport Cost(string name, InputRole role) => CostAnalysis.Analyze(Program(name, role));

    private static Program Program(string data, InputRole role)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input(data, new Shape(4, 8));
        var w = builder.Input("w", new Shape(1, 8), role);
        return builder.Build([("loss", Square(Linear(x, w)).Sum())]);
    }
}

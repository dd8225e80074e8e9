namespace Nonsmooth.Tests.Cost;

public sealed class GoldenNetworkTests
{
    // Specification 2.4, table A: p inputs, cost, backprop, forprop over all inputs.
    [Theory]
    [InlineData(new[] { 4, 8, 3 }, 71, 127, 612, 25_475)]
    [InlineData(new[] { 16, 32, 16, 4 }, 1_156, 2_233, 11_060, 7_623_742)]
    public void MultilayerPerceptronsCostWhatTheTableSays(int[] sizes, long inputs, double value, double backprop, double forprop)
    {
        var program = Mlp(sizes);
        var model = new UnitModel(1);
        long reals = program.Inputs.Where(i => program.Types[i.Value].Kind == ElementKind.Real)
            .Sum(i => program.Types[i.Value].Shape.Count64);

        Assert.Equal(inputs, reals);
        Assert.Equal(value, model.Cost(program));
        Assert.Equal(backprop, model.Backprop(program));
        Assert.Equal(forprop, model.Forprop(program, reals));
        Assert.Equal(5, model.Bound(program, reals).OmegaB);
        Assert.Equal(1 + (3 * reals), model.Bound(program, reals).OmegaF);
    }

    private static Program Mlp(int[] sizes)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", new Shape(1, sizes[0]));
        var target = builder.Input("target", TensorType.Index(new Shape(1)));
        for (int i = 1; i < sizes.Length; i++)
        {
            var weight = builder.Input($"{i}.weight", new Shape(sizes[i], sizes[i - 1]));
            var bias = builder.Input($"{i}.bias", new Shape(sizes[i]));
            x = Linear(x, weight, bias);
            x = i < sizes.Length - 1 ? Relu(x) : x;
        }

        return builder.Build([("loss", CrossEntropy(x, target))]);
    }
}

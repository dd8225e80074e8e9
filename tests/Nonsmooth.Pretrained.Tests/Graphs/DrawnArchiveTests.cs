using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Graphs;
using Nonsmooth.Tensors;
using static Nonsmooth.Pretrained.Tests.Graphs.SmallArchive;

namespace Nonsmooth.Pretrained.Tests.Graphs;

/// <summary>What archives of training draw: the laws are PyTorch's, the numbers a pure function of the step.</summary>
public sealed class DrawnArchiveTests
{
    private const int _count = 40_000;
    private static readonly ArchiveTensorType _x = Float(200, 200);

    public static TheoryData<string, double, double, int> Laws => new()
    {
        // Of x = 1: mean, variance, and how many different numbers there may be, 0 for any.
        { "dropout", 1, 0.25 / 0.75, 2 },
        { "native_dropout", 1, 0.25 / 0.75, 2 },
        { "bernoulli.p", 0.25, 0.1875, 2 },
        { "bernoulli.Tensor", 0.3, 0.21, 2 },
        { "bernoulli.default", 1, 0, 1 },
        { "rand", 0.5, 1 / 12.0, 0 },
        { "rand_like", 0.5, 1 / 12.0, 0 },
        { "randn", 0, 1, 0 },
        { "randn_like", 0, 1, 0 },
        { "uniform_", 1, 4 / 3.0, 0 },
        { "normal_", 3, 4, 0 },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void MeanAndVarianceAreThoseOfTheLaw(string name, double mean, double variance, int different)
    {
        double[] drawn = Run(Drawn(name), 5);
        Assert.Equal(mean, drawn.Average(), 5 * Math.Sqrt((variance / _count) + 1e-20));
        Assert.Equal(variance, drawn.Select(d => (d - mean) * (d - mean)).Average(), 0.05 * variance);
        Assert.True(different == 0 || drawn.Distinct().Count() == different);
        Assert.Equal(drawn, Run(Drawn(name), 5));
        Assert.Equal(different == 1, drawn.SequenceEqual(Run(Drawn(name), 6)));
    }

    // SELU's own dropout keeps mean 0 and variance 1.
    [Fact]
    public void AlphaDropoutKeepsMeanAndVariance()
    {
        var archive = Of(_x, Node("n", "randn_like.default", "x"), Node("y", "alpha_dropout.default", "n", Named("p", 0.25), Named("train", true)));
        double[] drawn = Run(archive, 1);
        Assert.Equal(0, drawn.Average(), 0.03);
        Assert.Equal(1, drawn.Select(d => d * d).Average(), 0.03);
    }

    [Fact]
    public void FeaturesAreDroppedWhole()
    {
        var archive = Of(Float(10, 20, 200), Node("y", "feature_dropout.default", "x", Named("p", 0.5), Named("train", true)));
        double[][] features = [.. Run(archive, 1).Chunk(200)];
        Assert.All(features, f => Assert.Single(f.Distinct()));
        Assert.InRange(features.Count(f => f[0] == 0), 60, 140);
    }

    [Theory]
    [InlineData("dropout.default")]
    [InlineData("alpha_dropout.default")]
    [InlineData("native_dropout.default")]
    public void NothingIsDroppedInEvaluation(string target)
    {
        var imported = ArchiveImport.Import(Of(_x, Node("y", target, "x", Named("p", 0.25), Named("train", false))));
        Assert.Equal(["x"], imported.Inputs.Select(i => i.Name));
    }

    private static Archive Drawn(string name) => name switch
    {
        "dropout" or "native_dropout" => Of(_x, Node("y", $"{name}.default", "x", Named("p", 0.25), Named("train", true))),
        "bernoulli.p" => Of(_x, Node("y", name, "x", 0.25)),
        "bernoulli.Tensor" => Of(_x, Node("p", "mul.Tensor", "x", 0.3), Node("y", name, "x", "p")),
        "rand" or "randn" => Of(_x, Node("r", $"{name}.default", (IReadOnlyList<object?>)[200L, 200L]), Node("y", "add.Tensor", "r", "x"), Node("z", "sub.Tensor", "y", "x")),
        "uniform_" => Of(_x, Node("c", "clone.default", "x"), Node("y", "uniform_.default", "c", -1.0, 3.0)),
        "normal_" => Of(_x, Node("c", "clone.default", "x"), Node("y", "normal_.default", "c", 3.0, 2.0)),
        _ => Of(_x, Node("y", name.Contains('.', StringComparison.Ordinal) ? name : $"{name}.default", "x")),
    };

    private static double[] Run(Archive archive, long step)
    {
        var imported = ArchiveImport.Import(archive);
        var ones = Enumerable.Repeat(1.0, imported.Inputs[0].Type.Shape.Elements).ToArray();
        return ((Tensor<double>)Interpreter.Run<Float64>(imported.Program, [.. imported.Inputs.Select(i => i.Name == "step" ? (Array)new[] { step } : ones)])[0]).Elements;
    }
}

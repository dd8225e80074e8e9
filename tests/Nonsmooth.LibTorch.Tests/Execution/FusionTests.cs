using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

public sealed class FusionTests
{
    [Fact]
    public void ATrainingStepOfNormalisedLayersStaysFused()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", TensorType.Real(new Shape(4, 3, 5, 5)));
        var w = builder.Input("w", TensorType.Real(new Shape(6, 3, 3, 3)));
        var (gain, bias) = (builder.Input("gain", TensorType.Real(new Shape(6))), builder.Input("bias", TensorType.Real(new Shape(6))));
        var h = builder.Apply(new Conv2d([1, 1], [0, 0], [1, 1], 1), x, w);
        h = Functions.Gelu(Functions.Relu(Functions.BatchNorm(h, gain, bias)));
        var program = builder.Build([("loss", Functions.Softmax(h.Reshape(new Shape(4, 54)), 1).Sum())]);
        using var compiled = new LibTorchExecutor().Compile(program.Backprop(new BackpropOptions { WithRespectTo = ["w", "gain", "bias"] }));
        Assert.Empty(compiled.HostNodes);
        string[] names = [.. compiled.Program.Nodes.Select(n => n.Function.Name)];
        Assert.Contains("batch_norm", names);
        Assert.Contains("batch_norm_gradient", names);
        Assert.Contains("gelu_gradient", names);
        Assert.Contains("softmax_gradient", names);
        Assert.DoesNotContain("rsqrt", names);
        Assert.DoesNotContain("erf", names);
    }

    [Fact]
    public void BackpropKeepsTheInputsOfConvolutionsAndNormsAndTheValuesOfReluOnly()
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", TensorType.Real(new Shape(4, 3, 5, 5)));
        var w = builder.Input("w", TensorType.Real(new Shape(6, 3, 3, 3)));
        var (gain, bias) = (builder.Input("gain", TensorType.Real(new Shape(6))), builder.Input("bias", TensorType.Real(new Shape(6))));
        var convolved = builder.Apply(new Conv2d([1, 1], [0, 0], [1, 1], 1), x, w);
        var program = builder.Build([("loss", Functions.Square(Functions.Relu(Functions.BatchNorm(convolved, gain, bias))).Sum())]);
        var derived = program.Backprop(new BackpropOptions { WithRespectTo = ["w", "gain", "bias"] });
        var made = derived.Nodes.Where(n => !n.Name.Contains(".vjp", StringComparison.Ordinal))
            .SelectMany(n => n.Results.Select(r => (r, n.Function.Name))).ToDictionary(p => p.r, p => p.Name);
        var kept = derived.Nodes.Where(n => n.Name.Contains(".vjp", StringComparison.Ordinal)).SelectMany(n => n.Arguments).Distinct()
            .Where(a => made.ContainsKey(a) && derived.Types[a].Shape.Count64 > 6).Select(a => made[a]).Order();
        Assert.Equal(["conv2d", "relu"], kept);
    }
}

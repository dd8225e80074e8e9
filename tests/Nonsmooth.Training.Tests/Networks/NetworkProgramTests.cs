using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class NetworkProgramTests
{
    private static readonly NetworkProgram _program = Mlp.Create([4, 8, 3]).Build(5);

    [Fact]
    public void InputsAreTheBatchThenTheParameters()
    {
        var names = _program.Parameters.Select(p => p.Name).ToList();
        Assert.Equal(["x", "target", .. names], _program.Loss.Inputs.Select(i => i.Name));
        Assert.Equal(["x", .. names], _program.Logits.Inputs.Select(i => i.Name));
        Assert.Equal(["loss", "logits"], _program.Loss.Outputs.Select(o => o.Name));
        Assert.Equal(["logits"], _program.Logits.Outputs.Select(o => o.Name));
        Assert.Equal(TensorType.Index(new Shape(5)), _program.Loss.InputType("target"));
    }

    [Fact]
    public void TheGradientFollowsTheParameters()
    {
        var gradient = _program.Gradient();
        Assert.Equal(_program.Loss.Inputs.Select(i => i.Name), gradient.Inputs.Select(i => i.Name));
        Assert.Equal(["loss", .. _program.Parameters.Select(p => $"grad.{p.Name}")], gradient.Outputs.Select(o => o.Name));
        Assert.Equal(_program.Parameters.Select(p => p.Shape), gradient.Outputs.Skip(1).Select(o => gradient.Types[o.Value].Shape));
    }

    [Fact]
    public void ScopesNestAndEnd()
    {
        var builder = new NetworkBuilder(new ProgramBuilder());
        using (builder.Scope("features"))
        {
            using (builder.Scope("0"))
            {
                builder.Parameter("weight", new Shape(1), Initializer.Zero);
            }

            builder.Parameter("bias", new Shape(1), Initializer.Zero, decays: false);
        }

        builder.Parameter("scale", new Shape(1), Initializer.One);
        Assert.Equal(["features.0.weight", "features.bias", "scale"], builder.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void RefusesLogitsOfAnotherShape()
    {
        var network = Classifier.Of("odd", new ImageShape(4, 1, 1), 3, (_, x) => Functions.Relu(x.Flatten(1)));
        Assert.Contains("must make 2×3", Assert.Throws<ShapeException>(() => network.Build(2)).Message, StringComparison.Ordinal);
        Assert.Throws<NonsmoothException>(() => network.Build(0));
    }
}

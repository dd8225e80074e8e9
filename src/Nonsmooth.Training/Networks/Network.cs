using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Data;

namespace Nonsmooth.Training.Networks;

/// <summary>A classifier of images: an ordinary function from a batch to its logits that declares its parameters.</summary>
/// <param name="Name">What users call it: <c>lenet5</c>.</param>
/// <param name="Input">The shape of one example.</param>
/// <param name="Classes">How many logits an example gets.</param>
/// <param name="Forward">From the builder and x [N, C, H, W] to logits [N, classes].</param>
public sealed record Network(string Name, ImageShape Input, int Classes, Func<NetworkBuilder, Variable, Variable> Forward)
{
    /// <summary>Trainable numbers, whatever the batch.</summary>
    public long ParameterCount => Trace(1, withLoss: false).Parameters.Sum(p => p.Shape.Count64);

    /// <summary>The programs at one batch size.</summary>
    /// <exception cref="NonsmoothException">The batch is below 1, or the input is too small for the network.</exception>
    public NetworkProgram Build(int batch)
    {
        if (batch < 1)
        {
            throw new NonsmoothException($"the batch of network '{Name}' is {batch}: give at least 1");
        }

        var (logits, parameters) = Trace(batch, withLoss: false);
        return new NetworkProgram(Trace(batch, withLoss: true).Program, logits, parameters, batch);
    }

    private (Program Program, IReadOnlyList<Parameter> Parameters) Trace(int batch, bool withLoss)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", TensorType.Real(new Shape(batch, Input.Channels, Input.Height, Input.Width)));
        var target = withLoss ? builder.Input("target", TensorType.Index(new Shape(batch))) : null;
        var network = new NetworkBuilder(builder);
        var logits = Forward(network, x);
        if (!logits.Shape.Equals(new Shape(batch, Classes)))
        {
            throw new ShapeException($"network '{Name}' makes {logits.Shape} of {batch} examples: it must make {batch}×{Classes}");
        }

        var program = target is null
            ? builder.Build([("logits", logits)])
            : builder.Build([("loss", Functions.CrossEntropy(logits, target)), ("logits", logits)]);
        return (program, network.Parameters);
    }
}

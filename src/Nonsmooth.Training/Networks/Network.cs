using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Data;

namespace Nonsmooth.Training.Networks;

/// <summary>A classifier of images or of tokens: an ordinary function from a batch to its logits that declares its parameters.</summary>
/// <param name="Name">What users call it: <c>lenet5</c>.</param>
/// <param name="Examples">What it takes.</param>
/// <param name="Classes">How many logits a target gets.</param>
/// <param name="Forward">
/// From the builder and x to logits: the axes of the targets, then classes ([N, classes] of images, [N, T, classes] of
/// tokens). It declares the same parameters whether the builder is for training or not.
/// </param>
public sealed record Network(string Name, NetworkInput Examples, int Classes, Func<NetworkBuilder, Variable, Variable> Forward)
{
    /// <summary>The shape of one image.</summary>
    /// <exception cref="NonsmoothException">The network takes tokens.</exception>
    public ImageShape Input => Examples is ImageInput images
        ? images.Shape
        : throw new NonsmoothException($"network '{Name}' takes {Examples}, not images: use a network of images, as lenet5, with such data");

    /// <summary>Trainable numbers, whatever the batch.</summary>
    public long ParameterCount => Trace(new ProgramBuilder(), 1, null).Network.Parameters.Sum(p => p.Shape.Count64);

    /// <summary>The programs at one batch size.</summary>
    /// <exception cref="NonsmoothException">The batch is below 1, or the input is too small for the network.</exception>
    public NetworkProgram Build(int batch)
    {
        if (batch < 1)
        {
            throw new NonsmoothException($"the batch of network '{Name}' is {batch}: give at least 1");
        }

        var builder = new ProgramBuilder();
        var training = Trace(builder, batch, null);
        var (parameters, buffers) = (training.Network.Parameters, training.Network.Buffers);
        var loss = builder.Build(
        [
            ("loss", CrossEntropy(training.Logits, training.Target!)),
            ("logits", training.Logits),
            .. buffers.Zip(training.Network.Statistics, (buffer, value) => (buffer.Output, value)),
        ]);
        var program = new NetworkProgram(loss, Infer(batch, training.Network, withLoss: false), parameters, batch);
        return buffers.Count == 0 && !program.UsesStep
            ? program
            : program with { Buffers = buffers, Evaluation = Infer(batch, training.Network, withLoss: true) };
    }

    private static Variable CrossEntropy(Variable logits, Variable target)
    {
        int rows = target.Shape.Elements;
        return Functions.CrossEntropy(logits.Reshape(new Shape(rows, logits.Shape[^1])), target.Reshape(new Shape(rows)));
    }

    private Program Infer(int batch, NetworkBuilder declared, bool withLoss)
    {
        var builder = new ProgramBuilder();
        var (_, target, logits) = Trace(builder, batch, declared, withLoss);
        return target is null
            ? builder.Build([("logits", logits)])
            : builder.Build([("loss", CrossEntropy(logits, target)), ("logits", logits)]);
    }

    /// <summary>Traces it for training, or, given what that declared, for inference.</summary>
    private (NetworkBuilder Network, Variable? Target, Variable Logits) Trace(
        ProgramBuilder builder, int batch, NetworkBuilder? declared, bool withTarget = true)
    {
        var x = builder.Input("x", Examples.Batch(batch));
        var targets = Examples.Targets(batch);
        var target = withTarget ? builder.Input("target", targets) : null;
        var network = new NetworkBuilder(builder, declared is null ? null : Known(builder, declared));
        var logits = Forward(network, x);
        var expected = targets.Shape.Concat(new Shape(Classes));
        return logits.Shape.Equals(expected)
            ? (network, target, logits)
            : throw new ShapeException($"network '{Name}' makes {logits.Shape} of {batch} examples: it must make {expected}");
    }

    private static Dictionary<string, Variable> Known(ProgramBuilder builder, NetworkBuilder declared)
    {
        var inputs = declared.Parameters.Select(p => (p.Name, p.Shape)).Concat(declared.Buffers.Select(b => (b.Name, b.Shape)));
        return inputs.ToDictionary(i => i.Name, i => builder.Input(i.Name, TensorType.Real(i.Shape)), StringComparer.Ordinal);
    }
}

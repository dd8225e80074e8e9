using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

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
    /// <summary>Adapters on its linear layers, which then alone are trained. Default none.</summary>
    public LowRank? LowRank { get; init; }

    /// <summary>Which linear layers get adapters where <see cref="LowRank.On"/> names none. Default all, <c>*</c>.</summary>
    public string LowRankOn { get; init; } = "*";

    /// <summary>The part of a target that training spreads over all classes alike, in [0, 1). Default 0. Evaluation takes none.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How files of its published weights are written. Default as its own.</summary>
    public PublishedWeights? Published { get; init; }

    /// <summary>The shape of one image.</summary>
    /// <exception cref="NonsmoothException">The network takes tokens.</exception>
    public ImageShape Input => Examples is ImageInput images
        ? images.Shape
        : throw new NonsmoothException($"network '{Name}' takes {Examples}, not images: use a network of images, as lenet5, with such data");

    /// <summary>Trainable numbers, whatever the batch.</summary>
    public long ParameterCount => Trace(new ProgramBuilder(), 1, null).Network.Parameters.Where(p => !p.Frozen).Sum(p => p.Shape.Count64);

    /// <summary>The programs at one batch size.</summary>
    /// <exception cref="NonsmoothException">The batch is below 1, or the input is too small for the network.</exception>
    public NetworkProgram Build(int batch)
    {
        if (batch < 1)
        {
            throw new NonsmoothException($"the batch of network '{Name}' is {batch}: give at least 1");
        }

        if (LabelSmoothing is not (>= 0 and < 1))
        {
            throw new NonsmoothException(FormattableString.Invariant($"label-smoothing is {LabelSmoothing}: give a number from 0 to below 1"));
        }

        var builder = new ProgramBuilder();
        var training = Trace(builder, batch, null);
        var (parameters, buffers) = (training.Network.Parameters, training.Network.Buffers);
        var loss = builder.Build(
        [
            ("loss", CrossEntropy(training.Logits, training.Target!, LabelSmoothing)),
            ("logits", training.Logits),
            .. buffers.Zip(training.Network.Statistics, (buffer, value) => (buffer.Output, value)),
        ]);
        var program = new NetworkProgram(loss, Infer(batch, training.Network, withLoss: false), parameters, batch);
        return buffers.Count == 0 && !program.UsesStep && LabelSmoothing == 0
            ? program
            : program with { Buffers = buffers, Evaluation = Infer(batch, training.Network, withLoss: true) };
    }

    private static Variable CrossEntropy(Variable logits, Variable target, double smoothing = 0)
    {
        int rows = target.Shape.Elements;
        return Functions.CrossEntropy(logits.Reshape(new Shape(rows, logits.Shape[^1])), target.Reshape(new Shape(rows)), smoothing);
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
        var target = withTarget ? builder.Input("target", targets, InputRole.Target) : null;
        var network = new NetworkBuilder(builder, declared is null ? null : Known(builder, declared), LowRank, LowRankOn);
        var logits = Forward(network, x);
        if (LowRank is { } adapters && network.Parameters.All(p => p.Frozen))
        {
            throw new NonsmoothException(network.LinearLayers.Count == 0
                ? $"network '{Name}' has no linear layer to adapt: train it without lora"
                : $"lora-on is '{adapters.On}', which is no linear layer of network '{Name}': it has {string.Join(", ", network.LinearLayers)}");
        }

        var expected = targets.Shape.Concat(new Shape(Classes));
        return logits.Shape.Equals(expected)
            ? (network, target, logits)
            : throw new ShapeException($"network '{Name}' makes {logits.Shape} of {batch} examples: it must make {expected}");
    }

    private static Dictionary<string, Variable> Known(ProgramBuilder builder, NetworkBuilder declared)
    {
        var inputs = declared.Parameters.Select(p => (p.Name, p.Shape, Role: InputRole.Parameter))
            .Concat(declared.Buffers.Select(b => (b.Name, b.Shape, Role: InputRole.Buffer)));
        return inputs.ToDictionary(i => i.Name, i => builder.Input(i.Name, i.Shape, i.Role), StringComparer.Ordinal);
    }
}

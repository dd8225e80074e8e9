using Nonsmooth.Cost;
using Nonsmooth.Data;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Networks;

/// <summary>What can be trained: a program with parameters from fields of examples to outputs, a loss of both, and metrics.</summary>
/// <param name="Name">What users call it: <c>lenet5</c>.</param>
public record Model(string Name) : IModelSource
{
    /// <summary>The name of the loss among the outputs of a training program.</summary>
    public const string LossOutput = "loss";

    /// <summary>The fields of one example that it and its loss take; data may have more.</summary>
    public FieldList Examples { get => field ?? throw Lacks(nameof(Examples)); init; }

    /// <summary>
    /// From the builder and the fields of data of a batch, each [N, …], to the outputs, of real numbers. It declares the same
    /// parameters whether the builder is for training or not.
    /// </summary>
    public Func<NetworkBuilder, NamedVariables, NamedVariables> Forward { get => field ?? throw Lacks(nameof(Forward)); init; }

    /// <summary>What training makes small.</summary>
    public Loss Loss { get => field ?? throw Lacks(nameof(Loss)); init; }

    /// <summary>What else evaluation measures, in the order to show it. Default nothing. One called <c>accuracy</c> decides which weights are best, else the loss does.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>The data that it is trained on where none are named. Default none.</summary>
    public DatasetRow? Data { get; init; }

    /// <summary>The batch that it is counted at where none is named. Default 1; of a file that fixes one, that.</summary>
    public int UsualBatch { get; init; } = 1;

    /// <summary>What there is to say of it, a sentence each: what a file lost, or gradients that are no derivatives. Default nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why it can be counted and not run: its file has no numbers for its weights. Default null: it can.</summary>
    public NonsmoothException? Refusal { get; init; }

    /// <summary>Adapters on its linear layers, which then alone are trained. Default none.</summary>
    public LowRank? LowRank { get; init; }

    /// <summary>Which linear layers get adapters where <see cref="LowRank.On"/> names none. Default all, <c>*</c>.</summary>
    public string LowRankOn { get; init; } = "*";

    /// <summary>How files of its published weights are written. Default as its own.</summary>
    public PublishedWeights? Published { get; init; }

    /// <summary>How many classes it tells apart; null where its only target is no class.</summary>
    public int? Classes => Examples.Classes;

    /// <summary>The part of a target that training spreads over all classes alike; 0 of a loss that is no cross-entropy.</summary>
    public double LabelSmoothing => Loss is CrossEntropyLoss loss ? loss.LabelSmoothing : 0;

    /// <summary>Whether its loss is the cross-entropy of its only output with the field <c>target</c>, smoothed or not.</summary>
    internal bool IsPlainClassifier => Smoothed(0).Loss.Equals(Losses.CrossEntropy(FieldList.Target));

    /// <summary>The shape of one image.</summary>
    /// <exception cref="NonsmoothException">The model takes something else.</exception>
    public ImageShape Input => Examples.Image
        ?? throw new NonsmoothException($"network '{Name}' takes {Examples}, not images: use a network of images, as lenet5, with such data");

    /// <summary>Trainable numbers, whatever the batch.</summary>
    public long ParameterCount => Trace(new ProgramBuilder(), UsualBatch, null, false).Network.Parameters.Where(p => !p.Frozen).Sum(p => p.Shape.Count64);

    Model IModelSource.Model => this;

    /// <summary>The same, its training smoothing the labels.</summary>
    /// <param name="share">The part of a target that is spread over all classes alike, in [0, 1).</param>
    /// <exception cref="NonsmoothException">It is not 0 and the loss is no cross-entropy.</exception>
    public Model Smoothed(double share) => Loss switch
    {
        CrossEntropyLoss loss => this with { Loss = loss with { LabelSmoothing = share } },
        _ when share == 0 => this,
        var other => throw new NonsmoothException($"label-smoothing is for the loss cross-entropy, network '{Name}' has the loss {other.Name}: leave it out"),
    };

    /// <summary>The programs at one batch size.</summary>
    /// <exception cref="NonsmoothException">
    /// The batch is below 1, an example is too small for the network, something is not set, or outputs and loss do not fit.
    /// </exception>
    public NetworkProgram Build(int batch)
    {
        if (batch < 1)
        {
            throw new NonsmoothException($"the batch of network '{Name}' is {batch}: give at least 1");
        }

        var builder = new ProgramBuilder();
        var training = Trace(builder, batch, null, true);
        var (parameters, buffers) = (training.Network.Parameters, training.Network.Buffers);
        var loss = builder.Build(
        [
            (LossOutput, Measure(Loss, training)),
            .. training.Outputs,
            .. buffers.Zip(training.Network.Statistics, (buffer, value) => (buffer.Output, value)),
        ]);
        var program = new NetworkProgram(loss, Infer(batch, training.Network, withLoss: false), parameters, batch);
        return buffers.Count == 0 && !program.UsesStep && Loss.ForEvaluation().Equals(Loss)
            ? program
            : program with { Buffers = buffers, Evaluation = Infer(batch, training.Network, withLoss: true) };
    }

    /// <summary>What its loss and the gradient in what is trained cost, from shapes alone.</summary>
    /// <param name="batch">Examples at once.</param>
    /// <exception cref="NonsmoothException">As in <see cref="Build"/>.</exception>
    public CostReport Cost(int batch) => Build(batch).Cost();

    /// <summary>Its name.</summary>
    public sealed override string ToString() => Name;

    private Variable Measure(Loss loss, Traced traced)
    {
        var value = loss.Of(new LossArguments(traced.Outputs, traced.Fields));
        return value.Type == TensorType.Real(Shape.Scalar)
            ? value
            : throw new ShapeException($"loss '{loss.Name}' of network '{Name}' makes {value.Type}: it must make one real number, the mean over the batch");
    }

    private Program Infer(int batch, NetworkBuilder declared, bool withLoss)
    {
        var builder = new ProgramBuilder();
        var traced = Trace(builder, batch, declared, withLoss);
        return builder.Build(withLoss ? [(LossOutput, Measure(Loss.ForEvaluation(), traced)), .. traced.Outputs] : [.. traced.Outputs]);
    }

    /// <summary>Traces it for training, or, given what that declared, for inference.</summary>
    private Traced Trace(ProgramBuilder builder, int batch, NetworkBuilder? declared, bool withTargets)
    {
        (string Name, Variable Value)[] Declare(IEnumerable<Field> fields) =>
            [.. fields.Select(f => (f.Name, builder.Input(f.Name, f.Batch(batch), f.Role)))];

        var data = Declare(Examples.Data);
        var targets = withTargets ? Declare(Examples.Targets) : [];
        var network = new NetworkBuilder(builder, declared is null ? null : Known(builder, declared), LowRank, LowRankOn);
        var outputs = Forward(network, new NamedVariables("field of data", data));
        if (LowRank is { } adapters && network.Parameters.All(p => p.Frozen))
        {
            throw new NonsmoothException(network.LinearLayers.Count == 0
                ? $"network '{Name}' has no linear layer to adapt: train it without lora"
                : $"lora-on is '{adapters.On}', which is no linear layer of network '{Name}': it has {string.Join(", ", network.LinearLayers)}");
        }

        foreach (var (name, value) in outputs)
        {
            if (name == LossOutput || value.Type.Kind != ElementKind.Real)
            {
                throw new NonsmoothException($"network '{Name}' makes '{name}', {value.Type}: outputs are real numbers, and none is called {LossOutput}");
            }
        }

        return new(network, outputs, new NamedVariables("field", [.. data, .. targets]));
    }

    private static Dictionary<string, Variable> Known(ProgramBuilder builder, NetworkBuilder declared)
    {
        var inputs = declared.Parameters.Select(p => (p.Name, p.Shape, Role: InputRole.Parameter))
            .Concat(declared.Buffers.Select(b => (b.Name, b.Shape, Role: InputRole.Buffer)));
        return inputs.ToDictionary(i => i.Name, i => builder.Input(i.Name, i.Shape, i.Role), StringComparer.Ordinal);
    }

    private NonsmoothException Lacks(string what) => new($"model '{Name}' does not say its {what}: set {nameof(Model)}.{what}");

    private sealed record Traced(NetworkBuilder Network, NamedVariables Outputs, NamedVariables Fields);
}

using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Running;

/// <summary>A loss of what a model puts out, by name: the sum of squares of all outputs, or one of <see cref="Losses"/> of one output and a target.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="NeedsTarget">Whether it compares with a target.</param>
/// <param name="Of">Traces it; the target's name is null where there is none.</param>
public sealed record ValueLoss(string Name, bool NeedsTarget, Func<LossArguments, string, Variable> Of)
{
    /// <summary>Σ y² over every element of every output of real numbers.</summary>
    public static ValueLoss SumSquares { get; } = new("sum-squares", false, static (arguments, _) =>
        arguments.Outputs.Where(o => o.Value.Type.Kind == ElementKind.Real).Select(o => Functions.Square(o.Value).Sum()).Aggregate(static (a, b) => a + b));

    /// <summary>The loss that a model's architecture has of its own, of its first output and an array <c>labels</c>.</summary>
    public static ValueLoss Own { get; } = new("own", true, static (_, _) => throw new NonsmoothException("the model has no loss of its own: give another"));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ValueLoss> All { get; } =
    [
        SumSquares, Own,
        With("mse", Losses.MeanSquared), With("mae", Losses.Absolute), With("huber", t => Losses.Huber(t)), With("cross-entropy", Losses.CrossEntropy),
        With("nll", Losses.NegativeLogLikelihood), With("bce", Losses.BinaryCrossEntropy), With("hinge", Losses.Hinge), With("kl", Losses.Divergence),
    ];

    /// <summary>The loss of a name.</summary>
    /// <exception cref="NonsmoothException">There is none; the message lists them.</exception>
    public static ValueLoss Find(string name) => All.FirstOrDefault(l => l.Name == name)
        ?? throw new NonsmoothException($"there is no loss '{name}': {Nearest.Mend(name, All.Select(l => l.Name))}");

    /// <summary>This loss, or what it stands for where it is a model's own.</summary>
    internal ValueLoss For(BoundModel model) => this == Own && model.OwnLoss is { } own
        ? new ValueLoss(Name, true, (arguments, target) => own(arguments.Outputs[0].Value, arguments.Fields[target]))
        : this;

    private static ValueLoss With(string name, Func<string, Loss> make) => new(name, true, (arguments, target) => make(target).Of(arguments));
}

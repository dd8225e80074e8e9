using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Objectives;

/// <summary>A loss of a number a class and the class that is right: the mean over targets that count, by their classes' weights.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Target">The field of class indices: the axes of the output without its classes.</param>
/// <remarks>
/// With weights w it is Σ w(tᵢ)·lᵢ / Σ w(tᵢ), as in PyTorch; of a batch in which no target counts it is NaN. Evaluation takes the mean of
/// its batches by their examples.
/// </remarks>
public abstract record ClassLoss(string Name, string Target) : Loss(Name)
{
    /// <summary>The output of a number a class. Default null: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>The axis along which classes lie; negative from the end. Default −1; 1 for planes of numbers a class.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>A target that does not count, of the classes or not: −100 marks padding in PyTorch. Default none.</summary>
    public long? Ignored { get; init; }

    /// <summary>The weight of each class, one a class. Default null: all alike.</summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <inheritdoc/>
    public sealed override Variable Of(LossArguments arguments)
    {
        var (scores, target) = arguments.Classes(Name, Target, Output, Axis);
        if (ClassWeights is { } weights && weights.Count != scores.Shape[1])
        {
            throw new NonsmoothException($"loss '{Name}' has {weights.Count} class weights and its output {scores.Shape[1]} classes: give one a class");
        }

        return Ignored is null && ClassWeights is null ? Plain(scores, target) : Weighted(scores, target);
    }

    /// <summary>Every member, weights written out: what a resumed run is compared by.</summary>
    public sealed override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name} (target {Target}, output {Output ?? "the only one"}, axis {Axis}, ignored {Ignored?.ToString(CultureInfo.InvariantCulture) ?? "none"}, weights {(ClassWeights is null ? "none" : string.Join(' ', ClassWeights.Select(w => w.ToString("R", CultureInfo.InvariantCulture))))}{More})");

    /// <summary>What a loss adds to its text.</summary>
    private protected virtual string More => "";

    /// <summary>The mean over all targets alike.</summary>
    /// <param name="scores">[rows, classes].</param>
    /// <param name="target">[rows].</param>
    private protected abstract Variable Plain(Variable scores, Variable target);

    /// <summary>The logarithms of the classes' probabilities, [rows, classes].</summary>
    private protected abstract Variable Logarithms(Variable scores);

    /// <summary>The part of a target that is spread over all classes alike.</summary>
    private protected virtual double Smoothing => 0;

    private Variable Weighted(Variable scores, Variable target)
    {
        var builder = scores.Builder;
        var (rows, classes) = (scores.Shape[0], scores.Shape[1]);
        Variable? counts = null;
        if (Ignored is { } ignored)
        {
            // Class 0 stands for what does not count, so that it can be picked.
            var mask = builder.Apply(new IndexCompare(Comparison.NotEqual), target, Indices(ignored));
            counts = Functions.Cast(mask, ElementKind.Real);
            target = Functions.Where(mask, target, Indices(0));
        }

        var logarithms = Logarithms(scores);
        var picked = Functions.Gather(logarithms, target.Reshape(new Shape(rows, 1)), 1).Reshape(new Shape(rows));
        var table = ClassWeights is null ? null : builder.Constant(Tensor.Of(new Shape(classes), ClassWeights.ToArray()));
        var own = table is null ? null : Functions.Gather(table, target, 0);
        var weights = own is null ? counts! : counts is null ? own : own * counts;
        var total = weights.Sum();
        var loss = -((weights * picked).Sum() / total);
        if (Smoothing == 0)
        {
            return loss;
        }

        var all = (table is null ? logarithms : logarithms * table).Sum(1);
        var spread = (counts is null ? all : all * counts).Sum() / total;
        return ((1 - Smoothing) * loss) - ((Smoothing / classes) * spread);

        Variable Indices(long value)
        {
            var same = new long[rows];
            Array.Fill(same, value);
            return builder.Constant(Tensor.Of(new Shape(rows), same));
        }
    }
}

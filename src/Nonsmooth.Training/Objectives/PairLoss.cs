using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>A loss of an output and a field of real numbers, of one shape.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Target">The field.</param>
public abstract record PairLoss(string Name, string Target) : Loss(Name)
{
    /// <summary>The output that is compared. Default null: the only one.</summary>
    public string? Output { get; init; }

    /// <inheritdoc/>
    public sealed override Variable Of(LossArguments arguments)
    {
        var (output, target) = arguments.Pair(Name, Target, Output);
        return Of(output, target);
    }

    /// <summary>The mean over every element.</summary>
    protected abstract Variable Of(Variable output, Variable target);
}

using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>A loss that an ordinary function traces.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Trace">From outputs and fields to a real scalar.</param>
public sealed record DelegateLoss(string Name, Func<LossArguments, Variable> Trace) : Loss(Name)
{
    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public override Variable Of(LossArguments arguments) => Trace(arguments);
}

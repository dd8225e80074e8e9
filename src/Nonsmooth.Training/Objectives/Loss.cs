using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>What training makes small: any program from outputs and fields of a batch to one number, their mean over the examples.</summary>
/// <param name="Name">What users call it: <c>huber</c>.</param>
public abstract record Loss(string Name)
{
    /// <summary>What is measured in evaluation. Default the same.</summary>
    public virtual Loss ForEvaluation() => this;

    /// <summary>Traces it.</summary>
    /// <param name="arguments">Outputs and fields of a batch.</param>
    /// <returns>A real scalar.</returns>
    /// <exception cref="NonsmoothException">An output or a field is missing or has a shape that the loss does not take.</exception>
    public abstract Variable Of(LossArguments arguments);
}

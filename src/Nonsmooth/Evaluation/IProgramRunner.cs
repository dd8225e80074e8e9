using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Evaluation;

/// <summary>Runs programs on an executor's own values: with what an <see cref="ILoopFunction"/> makes its steps.</summary>
/// <typeparam name="TValue">A tensor as the executor holds it; whoever is given one disposes it.</typeparam>
public interface IProgramRunner<TValue>
    where TValue : class, IDisposable
{
    /// <summary>The unit roundoff of the reals.</summary>
    double UnitRoundoff { get; }

    /// <summary>All zeros.</summary>
    TValue Zeros(TensorType type);

    /// <summary>The outputs of a program, new values; the inputs stay the caller's.</summary>
    IReadOnlyList<TValue> Run(Program program, IReadOnlyList<TValue> inputs);

    /// <summary>The number in a scalar.</summary>
    double Read(TValue scalar);
}

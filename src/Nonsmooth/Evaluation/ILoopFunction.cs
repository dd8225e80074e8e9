using Nonsmooth.Tensors;

namespace Nonsmooth.Evaluation;

/// <summary>
/// An elementary function that repeats a program until the numbers say that it is enough, which no program can write: an executor
/// that runs programs runs it with them.
/// </summary>
public interface ILoopFunction
{
    /// <summary>Whether it can be run so on arguments of these types; otherwise its <c>Evaluate</c> is for it.</summary>
    bool LoopsOver(IReadOnlyList<TensorType> arguments);

    /// <summary>The results, new values, in the executor's own arithmetic; the arguments stay the caller's.</summary>
    IReadOnlyList<TValue> Loop<TValue>(IProgramRunner<TValue> runner, IReadOnlyList<TValue> arguments)
        where TValue : class, IDisposable;
}

namespace Nonsmooth.Compiled;

/// <summary>What runs a program.</summary>
public enum Executor
{
    /// <summary>The oracle: any function, any format, nothing to make ready.</summary>
    Interpreter,

    /// <summary>A <see cref="CompiledProgram{T}"/> without machine code.</summary>
    Tape,

    /// <summary>A <see cref="CompiledProgram{T}"/>.</summary>
    Compiled,

    /// <summary>libtorch's kernels, where it is installed.</summary>
    LibTorch,
}

/// <summary>What a program is predicted to take on an executor.</summary>
/// <param name="Executor">The executor.</param>
/// <param name="Making">Seconds of making it ready.</param>
/// <param name="Run">Seconds of a run.</param>
/// <param name="Uncounted">Functions that say no count of operations: what they take is not in the times.</param>
public sealed record ExecutorPrice(Executor Executor, double Making, double Run, IReadOnlyList<string> Uncounted)
{
    /// <summary>Seconds of making it ready and running it so often.</summary>
    public double Total(long runs) => Making + (runs * Run);
}

/// <summary>Which executor a program's runs take least time with.</summary>
/// <param name="Best">The executor.</param>
/// <param name="Prices">Each that can run the program.</param>
public sealed record ExecutorChoice(Executor Best, IReadOnlyList<ExecutorPrice> Prices);

using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>What the interpreter and compiled programs take on this machine, in f64: times of programs follow from their types, nothing runs.</summary>
/// <remarks>Seconds each. A program written out number by number waits for its own results, and its numbers lie in the cache: what is measured is the usual, not a bound.</remarks>
public sealed record ExecutorModel
{
    /// <summary>An operation written out.</summary>
    public required double Step { get; init; }

    /// <summary>One of the library's functions written out.</summary>
    public required double StepFunction { get; init; }

    /// <summary>An operation on one element in a loop over many.</summary>
    public required double Element { get; init; }

    /// <summary>One of the library's functions on one element in a loop.</summary>
    public required double ElementFunction { get; init; }

    /// <summary>A multiplication and an addition in a product of matrices, or an addition in a sum.</summary>
    public required double Product { get; init; }

    /// <summary>An operation, or a result, in a function's own loop.</summary>
    public required double OwnLoop { get; init; }

    /// <summary>Making an operation machine code.</summary>
    public required double Planning { get; init; }

    /// <summary>Making a node ready that runs as a whole, or in a loop with others.</summary>
    public required double PlanningWhole { get; init; }

    /// <summary>A node in the interpreter.</summary>
    public required double InterpretedNode { get; init; }

    /// <summary>An operation in the interpreter.</summary>
    public required double InterpretedOperation { get; init; }

    /// <summary>Measures this machine, in about three seconds.</summary>
    /// <param name="clock">The clock; the system's without one.</param>
    public static ExecutorModel Calibrate(TimeProvider? clock = null) => ExecutorCalibration.Run(clock ?? TimeProvider.System);

    /// <summary>Seconds of a run of the interpreter.</summary>
    public double Interpreted(Program program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Flat(program).Sum(n => InterpretedNode + (InterpretedOperation * n.Count.Total));
    }

    /// <summary>Seconds of making a compiled program, and of a run of it.</summary>
    public (double Planning, double Run) Compiled(Program program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var (planning, run) = (0.0, 0.0);
        foreach (var (function, types, results, count) in Flat(program))
        {
            var (prepared, seconds) = Node(function, types, results, count);
            (planning, run) = (planning + prepared, run + seconds);
        }

        return (planning, run);
    }

    /// <summary>The executor that a program's runs take least time with, the time to make it ready included.</summary>
    /// <param name="program">The program.</param>
    /// <param name="runs">How often it runs.</param>
    /// <param name="libtorch">Seconds of making libtorch's plan, and of a run of it; null where it is not there.</param>
    public ExecutorChoice Choose(Program program, long runs, (double Planning, double Run)? libtorch = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(runs);
        var compiled = Compiled(program);
        var prices = new List<(Executor, double)>
        {
            (Executor.Interpreter, runs * Interpreted(program)),
            (Executor.Compiled, compiled.Planning + (runs * compiled.Run)),
        };
        if (libtorch is { } torch)
        {
            prices.Add((Executor.LibTorch, torch.Planning + (runs * torch.Run)));
        }

        return new(prices.MinBy(p => p.Item2).Item1, prices.ToDictionary(p => p.Item1, p => p.Item2));
    }

    /// <summary>The price of running a program so often compiled, as <see cref="ModeOptions.ProgramPrice"/> wants it.</summary>
    public double Price(Program program, long times) => times * Compiled(program).Run;

    private static IEnumerable<(Programs.ElementaryFunction Function, IReadOnlyList<TensorType> Types, TensorType[] Results, OperationCount Count)> Flat(Program program)
    {
        var flat = program.Flatten().Prune();
        foreach (var node in flat.Nodes)
        {
            var types = flat.ArgumentTypes(node);
            yield return (node.Function, types, [.. node.Results.Select(r => flat.Types[r])], node.Function.Count(types));
        }
    }

    private (double Planning, double Run) Node(Programs.ElementaryFunction function, IReadOnlyList<TensorType> types, TensorType[] results, OperationCount count)
    {
        var options = CompileOptions.Default;
        long elements = results.Sum(r => r.Shape.Count64);
        long plain = count.Total - count.Nonlinear;
        if (results.Length == 1 && elements >= options.LeastLooped && TensorRows.IsElementwise(function) && types.All(t => t.Kind != ElementKind.Index))
        {
            return (PlanningWhole, (Math.Max(plain, elements) * Element) + (count.Nonlinear * ElementFunction));
        }

        if (TensorRows.Has(function, [.. types.Select(t => new Place(t))]) && count.Total >= 4 * options.LeastLooped)
        {
            return (PlanningWhole, count.Total / 2.0 * Product);
        }

        bool isWritten = types.All(t => t.Kind != ElementKind.Index) && count.Total <= options.MostUnrolled && elements <= options.MostUnrolled;
        if (function is IBindable && !(isWritten && TapedMasks.Of(function) is not null))
        {
            return (PlanningWhole, (count.Total + elements) * OwnLoop);
        }

        return count.Total == 0 ? (PlanningWhole, elements >= options.LeastLooped ? elements * Element : 0)
            : isWritten ? (count.Total * Planning, (plain * Step) + (count.Nonlinear * StepFunction))
            : (PlanningWhole, InterpretedNode + (count.Total * InterpretedOperation));
    }
}

/// <summary>What runs a program.</summary>
public enum Executor
{
    /// <summary>The oracle: any function, any format, nothing to make ready.</summary>
    Interpreter,

    /// <summary>A <see cref="CompiledProgram{T}"/>.</summary>
    Compiled,

    /// <summary>libtorch's kernels, where it is installed.</summary>
    LibTorch,
}

/// <summary>Which executor a program's runs take least time with.</summary>
/// <param name="Best">The executor.</param>
/// <param name="Seconds">What all runs take with each, the time to make it ready included.</param>
public sealed record ExecutorChoice(Executor Best, IReadOnlyDictionary<Executor, double> Seconds);

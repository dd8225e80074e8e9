using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>How much work of each kind a program is for an executor, by its types: what <see cref="Recorder{T}"/> will do with its nodes.</summary>
internal sealed class ProgramWork
{
    /// <summary>How many nodes share a loop at most.</summary>
    public const int MostLooped = 64;

    // A division or a root is an instruction that takes as long as several.
    private const int Division = 4;

    private readonly Program _program;
    private readonly CompileOptions _options = CompileOptions.Default;
    private readonly HashSet<int> _loop = [];
    private readonly HashSet<string> _uncounted = new(StringComparer.Ordinal);
    private int _loopElements;
    private int _loopNodes;

    private ProgramWork(Program program) => _program = program;

    /// <summary>Of the executor itself.</summary>
    public double[] Amounts { get; } = new double[Enum.GetValues<ExecutorWork>().Length];

    /// <summary>Of the interpreter, for nodes that it runs within a compiled program.</summary>
    public double[] Interpreted { get; } = new double[Enum.GetValues<ExecutorWork>().Length];

    /// <summary>Functions that say no count.</summary>
    public IReadOnlyList<string> Uncounted => [.. _uncounted.Order(StringComparer.Ordinal)];

    public static ProgramWork Of(Program program, Executor executor)
    {
        var work = new ProgramWork(program.Flatten().Prune());
        Add(work.Amounts, ExecutorWork.Run, 1);
        foreach (var node in work._program.Nodes)
        {
            var types = work._program.ArgumentTypes(node);
            var count = work.Count(node, types);
            if (executor == Executor.Interpreter)
            {
                work.Interpret(work.Amounts, node, types, count);
            }
            else
            {
                work.Compile(node, types, count, executor == Executor.Compiled);
            }
        }

        return work;
    }

    private OperationCount Count(Node node, IReadOnlyList<TensorType> types)
    {
        try
        {
            return node.Function.Count(types);
        }
        catch (NotSupportedException)
        {
            _uncounted.Add(node.Function.Name);
            return OperationCount.Zero;
        }
    }

    private void Interpret(double[] amounts, Node node, IReadOnlyList<TensorType> types, OperationCount count)
    {
        Add(amounts, ExecutorWork.Kernel, 1);
        if (node.Function is IMultiplyAdds product)
        {
            Add(amounts, ExecutorWork.Product, product.EffectiveMultiplyAdds(types));
        }
        else if (KernelWork.IsSum(node.Function))
        {
            Add(amounts, ExecutorWork.Addition, count.Total);
        }
        else if (node.Function is IBindable)
        {
            Add(amounts, ExecutorWork.OwnLoop, count.Total + Elements(node));
        }
        else
        {
            Add(amounts, ExecutorWork.Element, Plain(count));
            Add(amounts, ExecutorWork.ElementFunction, Functions(count));
            Add(amounts, ExecutorWork.Move, count.Total == 0 && !Stays(node, types) ? Elements(node) : 0);
        }
    }

    private void Compile(Node node, IReadOnlyList<TensorType> types, OperationCount count, bool isCode)
    {
        if (isCode && Looped(node, types, count))
        {
            return;
        }

        bool indices = types.Any(t => t.Kind == ElementKind.Index);
        long elements = (long)Elements(node);
        if (node.Results.Length == 1 && !indices && TensorRows.Has(node.Function, [.. types.Select(t => new Place(t))]))
        {
            if (count.Total >= 4 * _options.LeastLooped)
            {
                Add(Amounts, ExecutorWork.Kernel, 1);
                foreach (var (work, amount) in KernelWork.Of(node.Function, types))
                {
                    Add(Amounts, work, amount);
                }

                return;
            }
        }
        else if (count.Total == 0 && !indices && elements >= _options.LeastLooped && TapedMasks.Moves(node.Function))
        {
            bool moves = !Stays(node, types);
            Add(Amounts, ExecutorWork.Kernel, moves ? 1 : 0);
            Add(Amounts, ExecutorWork.Move, moves ? elements : 0);
            return;
        }

        bool isWritten = !indices && count.Total <= _options.MostUnrolled && elements <= _options.MostUnrolled;
        if (node.Function is IBindable && !(isWritten && TapedMasks.Of(node.Function) is not null))
        {
            Add(Amounts, ExecutorWork.Kernel, 1);
            Add(Amounts, ExecutorWork.OwnLoop, count.Total + elements);
        }
        else if (isWritten)
        {
            Add(Amounts, ExecutorWork.Step, Plain(count));
            Add(Amounts, ExecutorWork.StepFunction, Functions(count));
        }
        else
        {
            Interpret(Interpreted, node, types, count);
        }
    }

    // Nodes that follow one another share a loop, until one reads what it makes.
    private bool Looped(Node node, IReadOnlyList<TensorType> types, OperationCount count)
    {
        if (types.Count == 0 || node.Results.Length != 1 || types[0].Shape.Count64 < _options.LeastLooped || !TensorRows.IsElementwise(node.Function)
            || types.Any(t => t.Kind == ElementKind.Index || t.Shape.Count64 != types[0].Shape.Count64))
        {
            if (node.Arguments.Any(_loop.Contains))
            {
                _loop.Clear();
            }

            return false;
        }

        int elements = types[0].Shape.Elements;
        if (_loop.Count == 0 || _loopElements != elements || _loopNodes == MostLooped)
        {
            _loop.Clear();
            (_loopElements, _loopNodes) = (elements, 0);
            Add(Amounts, ExecutorWork.Loop, 1);
        }

        int read = node.Arguments.Distinct().Count(a => !_loop.Contains(a));
        _loopNodes++;
        _loop.Add(node.Results[0]);
        Add(Amounts, ExecutorWork.Element, Plain(count) + ((double)read * elements));
        Add(Amounts, ExecutorWork.ElementFunction, Functions(count));
        return true;
    }

    // Elements that lie as they should are moved nowhere.
    private bool Stays(Node node, IReadOnlyList<TensorType> types) =>
        node.Function.Known.View?.Invoke(types[0].Shape, Layout.RowMajor(types[0].Shape)) is { } strides
        && strides.AsSpan().SequenceEqual(Layout.RowMajor(_program.Types[node.Results[0]].Shape));

    private static long Divisions(OperationCount count) => count[ScalarOperation.Divide] + count[ScalarOperation.Inverse] + count[ScalarOperation.Sqrt] + count[ScalarOperation.Round];

    private static double Functions(OperationCount count) => count.Nonlinear - Divisions(count);

    private static double Plain(OperationCount count) => count.Total - count.Nonlinear + ((double)Division * Divisions(count));

    private double Elements(Node node) => node.Results.Sum(r => (double)_program.Types[r].Shape.Count64);

    private static void Add(double[] amounts, ExecutorWork work, double amount) => amounts[(int)work] += amount;
}

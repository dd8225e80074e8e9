using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of indexing, comparisons, masks and choice.</summary>
internal static class IndexKernels
{
    private static readonly OperatorName _gather = new("gather");
    private static readonly OperatorName _scatterAdd = new("scatter_add");
    private static readonly OperatorName _embedding = new("embedding");
    private static readonly OperatorName _embeddingBack = new("embedding_dense_backward");
    private static readonly OperatorName _where = new("where", "self");
    private static readonly OperatorName _and = new("logical_and");
    private static readonly OperatorName _or = new("logical_or");
    private static readonly OperatorName _not = new("logical_not");
    private static readonly OperatorName _stack = new("stack");
    private static readonly OperatorName _sum = new("sum", "dim_IntList");
    private static readonly OperatorName _negate = new("neg");
    private static readonly OperatorName _multiply = new("mul", "Tensor");
    private static readonly OperatorName _floorDivide = new("floor_divide");
    private static readonly OperatorName _remainder = new("remainder", "Tensor");
    private static readonly Dictionary<Comparison, OperatorName> _comparisons = new()
    {
        [Comparison.Less] = new("lt", "Tensor"),
        [Comparison.LessEqual] = new("le", "Tensor"),
        [Comparison.Equal] = new("eq", "Tensor"),
        [Comparison.NotEqual] = new("ne", "Tensor"),
        [Comparison.Greater] = new("gt", "Tensor"),
        [Comparison.GreaterEqual] = new("ge", "Tensor"),
    };

    private static readonly long[] _first = [0];

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<Gather>((f, n, _) => Gathered(f, n));
        table.Add<ScatterAdd>(Scattered);
        table.Add<Embedding>((_, n, _) => Embedded(n));
        table.Add<EmbeddingScatter>((f, n, _) => Accumulated(f, n));
        table.Add<Compare>((f, n, _) => Row.Binary(_comparisons[f.Comparison], n));
        table.Add<IndexCompare>((f, n, _) => Row.Binary(_comparisons[f.Comparison], n));
        table.Add<IndexArithmetic>((f, n, _) => Combined(f.Operation, n));
        table.Add<Logical>((f, n, _) => Row.Binary(f.Operation == LogicalOperation.And ? _and : _or, n));
        table.Add<LogicalNot>((_, n, _) => Row.Unary(_not, n));
        table.Add<Select>((_, n, _) => Chosen(n));
        table.Add<RandomMask>((f, n, c) => MaskLoops.Random(f, n, c));

        // Drawn one by one from a counter, as on the interpreter: libtorch has nothing that gives the same numbers.
        table.Add<RandomReals>((_, n, c) => HostKernel.Of(n, c));
        table.Add<CausalMask>((f, n, c) => MaskLoops.Causal(f, n, c));
    }

    private static Kernel Combined(IndexOperation operation, Node node)
    {
        int a = node.Arguments[0];
        int b = node.Arguments[1];
        int y = node.Results[0];
        return operation switch
        {
            IndexOperation.Add => values => values[y] = Total(values[a], values[b]),
            IndexOperation.Subtract => values =>
            {
                var negative = Dispatcher.Call1(_negate, [Slot.Of(values[b])]);
                values[y] = Total(values[a], negative);
                negative.Delete();
            },
            IndexOperation.Multiply => Row.Binary(_multiply, node),
            IndexOperation.FloorDivide => Row.Binary(_floorDivide, node),
            _ => Row.Binary(_remainder, node),
        };
    }

    // The sum's operator takes a scale, which the C interface passes as a real: integers refuse it.
    private static TensorHandle Total(TensorHandle a, TensorHandle b)
    {
        ReadOnlySpan<TensorHandle> both = [a, b];
        var stacked = Dispatcher.Call1(_stack, [Slot.Of(both), Slot.Of(0L)]);
        var sum = Dispatcher.Call1(_sum, [Slot.Of(stacked), Slot.Some(Slot.Of(_first)), Slot.Of(false), Slot.None]);
        stacked.Delete();
        return sum;
    }

    private static Kernel Gathered(Gather gather, Node node)
    {
        int x = node.Arguments[0];
        int index = node.Arguments[1];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(
            _gather, [Slot.Of(values[x]), Slot.Of((long)gather.Axis), Slot.Of(values[index]), Slot.Of(false)]);
    }

    private static Kernel Scattered(ScatterAdd scatter, Node node, LoweringContext context)
    {
        int x = node.Arguments[0];
        int index = node.Arguments[1];
        int y = node.Results[0];
        var sizes = context.Sizes(y);
        var (storage, device) = (context.Storage, context.Device);
        return values => values[y] = Dispatcher.Call1(
            _scatterAdd,
            [
                Slot.Take(TensorFactory.Zeros(sizes, storage, device)), Slot.Of((long)scatter.Axis), Slot.Of(values[index]),
                Slot.Of(values[x]),
            ]);
    }

    private static Kernel Embedded(Node node)
    {
        int table = node.Arguments[0];
        int index = node.Arguments[1];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(
            _embedding, [Slot.Of(values[table]), Slot.Of(values[index]), Slot.Of(-1L), Slot.Of(false), Slot.Of(false)]);
    }

    private static Kernel Accumulated(EmbeddingScatter scatter, Node node)
    {
        int x = node.Arguments[0];
        int index = node.Arguments[1];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(
            _embeddingBack,
            [Slot.Of(values[x]), Slot.Of(values[index]), Slot.Of((long)scatter.Rows), Slot.Of(-1L), Slot.Of(false)]);
    }

    private static Kernel Chosen(Node node)
    {
        int mask = node.Arguments[0];
        int a = node.Arguments[1];
        int b = node.Arguments[2];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(_where, [Slot.Of(values[mask]), Slot.Of(values[a]), Slot.Of(values[b])]);
    }
}

using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution.Kernels;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>From nodes to kernels: the table, then writing out, then loops over programs, then the interpreter.</summary>
internal static class Lowering
{
    private static readonly Dictionary<Type, Func<Node, LoweringContext, Kernel?>> _table = [];
    private static readonly List<FusedPair> _pairs = [];

    static Lowering()
    {
        ElementwiseKernels.Register(_table);
        RuleKernels.Register(_table);
        ProductKernels.Register(_table);
        StructureKernels.Register(_table);
        AlgebraKernels.Register(_table);
        PoolingKernels.Register(_table);
        ReductionKernels.Register(_table);
        IndexKernels.Register(_table);
        AxisKernels.Register(_table);
        GridKernels.Register(_table);
        GradientKernels.Register(_table);
        NormalisationKernels.Register(_table);
        NormalisationPairs.Register(_pairs);
    }

    /// <summary>What runs as one.</summary>
    public static IReadOnlyList<FusedPair> Pairs => _pairs;

    /// <summary>Whether the function runs as kernels of libtorch, itself or written out.</summary>
    public static bool HasRow(ElementaryFunction function) => HasRow(function.GetType()) || OwnKernels.Has(function.GetType());

    /// <summary>Whether the library has a kernel for a type of functions.</summary>
    public static bool HasRow(Type function) => _table.ContainsKey(function);

    /// <summary>
    /// The program without composites and elementwise functions that have no kernel. Kernels of composites are own
    /// loops on the processor; elsewhere composites are written out but those that compute in more bits than values have.
    /// </summary>
    public static Program Prepare(Program program, ExecutionOptions options)
    {
        bool fused = options.OwnLoops;
        bool narrow = options.Storage is TorchDtype.Float16 or TorchDtype.BFloat16;
        var flat = (narrow ? program : FoldedNorms.Of(program, options.Fixed)).Flatten(composite => HasRow(composite) && (fused || (narrow && WideRows.Has(composite.GetType(), fused))));
        return flat.Rewrite((node, arguments) =>
        {
            bool runs = HasRow(node.Function) && (options.OwnLoops || !RuleLoops.IsOnly(node.Function));
            if (runs || node.Function is not (IUnaryFunction or IBinaryFunction))
            {
                return null;
            }

            using (arguments[0].Builder.Expand(node))
            {
                return [node.Function is IUnaryFunction unary ? unary.Expand(arguments[0]) : ((IBinaryFunction)node.Function).Expand(arguments[0], arguments[1])];
            }
        });
    }

    /// <summary>What kernels ask of the program that they are part of.</summary>
    public static LoweringContext Context(Program program, ExecutionOptions options) => new(program, options, LastChannels.Win(program, options));

    /// <summary>The kernel of a node.</summary>
    public static Kernel Of(Node node, LoweringContext context)
    {
        bool widens = context.IsNarrow && WideRows.Has(node.Function.GetType(), context.OwnLoops);
        var first = widens && context.ChannelsLast ? NormalisationKernels.Rows(node, context) : null;
        return Converted.Of(Plain(node, widens ? context.Wide() : context), node, widens, first, context);
    }

    private static Kernel Plain(Node node, LoweringContext context)
    {
        if (_table.TryGetValue(node.Function.GetType(), out var row) && row(node, context) is { } kernel)
        {
            return kernel;
        }

        if (OwnKernels.Of(node, context) is { } own)
        {
            return own;
        }

        if (LoopKernel.Of(node, context) is { } looping)
        {
            return looping;
        }

        context.RunsOnHost(node);
        return HostKernel.Of(node, context);
    }
}

using System.Collections.Concurrent;
using System.Numerics;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Kernels that other assemblies add to the executor: a row a function.</summary>
/// <remarks>They run on the processor only: on a GPU, and for arguments that are not all real, a function without another kernel runs on the interpreter.</remarks>
public static class OwnKernels
{
    private static readonly ConcurrentDictionary<Type, Func<Node, LoweringContext, Kernel?>> _rows = new();

    /// <summary>Adds a kernel; programs that are planned from then on use it.</summary>
    /// <typeparam name="TFunction">The function's type.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <exception cref="NonsmoothException">The function has a kernel already.</exception>
    public static void Register<TFunction>(ISpanKernel<TFunction> kernel)
        where TFunction : ElementaryFunction
    {
        if (Lowering.HasRow(typeof(TFunction)) || !_rows.TryAdd(typeof(TFunction), (node, context) => Of(kernel, (TFunction)node.Function, node, context)))
        {
            throw new NonsmoothException($"{typeof(TFunction).Name} has a kernel already: register one for each function, once");
        }
    }

    internal static bool Has(Type function) => _rows.ContainsKey(function);

    internal static Kernel? Of(Node node, LoweringContext context) =>
        _rows.TryGetValue(node.Function.GetType(), out var row) ? row(node, context) : null;

    /// <summary>A kernel on spans as the executor runs it; null where it cannot.</summary>
    internal static Kernel? Of<TFunction>(ISpanKernel<TFunction> kernel, TFunction function, Node node, LoweringContext context)
        where TFunction : ElementaryFunction
    {
        bool isReal = node.Arguments.Concat(node.Results).All(v => context.Type(v).Kind == ElementKind.Real);
        return !isReal || !context.OwnLoops ? null
            : context.Storage == TorchDtype.Float64 ? Run<TFunction, double>(kernel, function, node, context, TorchDtype.Float64)
            : Run<TFunction, float>(kernel, function, node, context, TorchDtype.Float32);
    }

    private static unsafe Kernel Run<TFunction, T>(ISpanKernel<TFunction> kernel, TFunction function, Node node, LoweringContext context, TorchDtype dtype)
        where TFunction : ElementaryFunction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] arguments = [.. node.Arguments];
        int[] results = [.. node.Results];
        TensorType[] argumentTypes = [.. arguments.Select(context.Type)];
        TensorType[] resultTypes = [.. results.Select(context.Type)];
        long[][] sizes = [.. results.Select(context.Sizes)];
        var (storage, device) = (context.Storage, context.Device);
        return values =>
        {
            Span<TensorHandle> held = stackalloc TensorHandle[arguments.Length];
            Span<nint> from = stackalloc nint[arguments.Length];
            Span<nint> to = stackalloc nint[results.Length];
            for (int i = 0; i < arguments.Length; i++)
            {
                var wide = storage == dtype ? values[arguments[i]].Share() : TensorFactory.Convert(values[arguments[i]], dtype, device);
                held[i] = TensorFactory.Contiguous(wide);
                wide.Delete();
                from[i] = (nint)held[i].Data;
            }

            for (int i = 0; i < results.Length; i++)
            {
                values[results[i]] = TensorFactory.Empty(sizes[i], dtype, device);
                to[i] = (nint)values[results[i]].Data;
            }

            kernel.Run(function, new SpanArguments<T>(argumentTypes, resultTypes, from, to));
            foreach (var argument in held)
            {
                argument.Delete();
            }

            for (int i = 0; storage != dtype && i < results.Length; i++)
            {
                var wide = values[results[i]];
                values[results[i]] = TensorFactory.Convert(wide, storage, device);
                wide.Delete();
            }
        };
    }
}

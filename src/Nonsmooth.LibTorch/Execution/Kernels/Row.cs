using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Shapes of rows of the kernel table that many functions share.</summary>
internal static class Row
{
    /// <summary>A row for one type of function.</summary>
    public static void Add<TFunction>(
        this Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table, Func<TFunction, Node, LoweringContext, Kernel?> lower)
        where TFunction : ElementaryFunction =>
        table.Add(typeof(TFunction), (node, context) => lower((TFunction)node.Function, node, context));

    /// <summary>An operator of one tensor.</summary>
    public static Kernel Unary(OperatorName op, Node node)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(op, [Slot.Of(values[x])]);
    }

    /// <summary>An operator of two tensors.</summary>
    public static Kernel Binary(OperatorName op, Node node)
    {
        int a = node.Arguments[0];
        int b = node.Arguments[1];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(op, [Slot.Of(values[a]), Slot.Of(values[b])]);
    }

    /// <summary>A call of one tensor that the direct entries offer.</summary>
    public static Kernel Direct(Node node, Func<TensorHandle, TensorHandle> call)
    {
        int x = node.Arguments[0];
        int y = node.Results[0];
        return values => values[y] = call(values[x]);
    }

    /// <summary>A call of two tensors that the direct entries offer.</summary>
    public static Kernel Direct(Node node, Func<TensorHandle, TensorHandle, TensorHandle> call)
    {
        int a = node.Arguments[0];
        int b = node.Arguments[1];
        int y = node.Results[0];
        return values => values[y] = call(values[a], values[b]);
    }
}

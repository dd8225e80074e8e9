using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>A kernel around which arguments and results change their number of bits.</summary>
internal static class Converted
{
    /// <summary>The kernel with some arguments converted while it runs.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arguments">The arguments that may be of another element type.</param>
    /// <param name="wanted">The element type that it takes.</param>
    /// <param name="device">Where it runs.</param>
    public static Kernel WhereRead(Kernel kernel, int[] arguments, TorchDtype wanted, Device device) =>
        arguments.Length == 0 ? kernel : Around(kernel, arguments, value => value.Dtype == wanted ? value : TensorFactory.Convert(value, wanted, device));

    private static Kernel Around(Kernel kernel, int[] arguments, Func<TensorHandle, TensorHandle> convert) => values =>
    {
        var before = Array.ConvertAll(arguments, a => values[a]);
        try
        {
            foreach (int a in arguments)
            {
                values[a] = convert(values[a]);
            }

            kernel(values);
        }
        finally
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                if (values[arguments[i]].Value != before[i].Value)
                {
                    values[arguments[i]].Delete();
                    values[arguments[i]] = before[i];
                }
            }
        }
    };

    /// <summary>The kernel with what its node reads and makes in the element types that it and the others expect.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="node">Its node.</param>
    /// <param name="widens">Whether it computes in 32 bits while values are held in 16.</param>
    /// <param name="first">What takes the values as they are, if it can: true where it did the node's work. Null without.</param>
    /// <param name="context">The program.</param>
    public static Kernel Of(Kernel kernel, Node node, bool widens, Func<TensorHandle[], bool>? first, LoweringContext context)
    {
        bool takesWide = WideRows.Has(node.Function.GetType(), context.OwnLoops);
        int[] arguments = [.. node.Arguments.Distinct().Where(a => context.Type(a).Kind == ElementKind.Real && (widens || (context.IsWide(a) && !takesWide)))];
        int[] results = widens ? [.. node.Results.Where(r => context.Type(r).Kind == ElementKind.Real && !context.IsWide(r))] : [];
        if (arguments.Length == 0 && results.Length == 0)
        {
            return kernel;
        }

        bool rounds = !widens && context.Precision == Precision.Float16 && context.Storage == TorchDtype.Float32;
        var (storage, device) = (context.Storage, context.Device);
        var wanted = widens ? TorchDtype.Float32 : storage;
        var converted = Around(kernel, arguments, value => rounds ? HalfRounding.Of(value) : value.Dtype == wanted ? value : TensorFactory.Convert(value, wanted, device));
        return values =>
        {
            if (first?.Invoke(values) == true)
            {
                return;
            }

            converted(values);
            foreach (int r in results)
            {
                var wide = values[r];
                values[r] = TensorFactory.Convert(wide, storage, device);
                wide.Delete();
            }
        };
    }
}

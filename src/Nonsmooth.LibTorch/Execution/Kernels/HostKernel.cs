using Nonsmooth.Arithmetic;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Runs a node on the interpreter, in the program's format: for functions without a kernel.</summary>
internal static class HostKernel
{
    public static Kernel Of(Node node, LoweringContext context) => context.Precision switch
    {
        Precision.Float64 => Of<Rounded<Float64>>(node, context),
        Precision.BFloat16 => Of<Rounded<BFloat16>>(node, context),
        Precision.Float16 => Of<Rounded<Float16>>(node, context),
        _ => Of<Rounded<Float32>>(node, context),
    };

    /// <summary>The one result of a function without arguments.</summary>
    public static TensorHandle Write(ElementaryFunction function, LoweringContext context) => context.Precision switch
    {
        Precision.Float64 => Write<Rounded<Float64>>(function.Evaluate<Rounded<Float64>>([])[0], context),
        Precision.BFloat16 => Write<Rounded<BFloat16>>(function.Evaluate<Rounded<BFloat16>>([])[0], context),
        Precision.Float16 => Write<Rounded<Float16>>(function.Evaluate<Rounded<Float16>>([])[0], context),
        _ => Write<Rounded<Float32>>(function.Evaluate<Rounded<Float32>>([])[0], context),
    };

    private static Kernel Of<T>(Node node, LoweringContext context)
        where T : struct, INumeric<T>
    {
        var counts = node.Function as IOneSided;
        var hears = counts is null ? null : context.Options.OneSided;
        return values =>
        {
            var arguments = new Tensor[node.Arguments.Length];
            for (int i = 0; i < arguments.Length; i++)
            {
                arguments[i] = Read<T>(values[node.Arguments[i]], context.Type(node.Arguments[i]));
            }

            var results = node.Function.Evaluate<T>(arguments);
            if (hears is not null && counts!.CountOneSided(results) is > 0 and long count)
            {
                hears(node.Name, count);
            }

            for (int i = 0; i < results.Count; i++)
            {
                values[node.Results[i]] = Write<T>(results[i], context);
            }
        };
    }

    private static Tensor Read<T>(TensorHandle handle, TensorType type)
        where T : struct, INumeric<T>
    {
        using var tensor = new TorchTensor(handle.Share());
        switch (type.Kind)
        {
            case ElementKind.Index:
                return new Tensor<long>(type.Shape, tensor.ToArray<long>());
            case ElementKind.Boolean:
                return new Tensor<bool>(type.Shape, Array.ConvertAll(tensor.ToArray<byte>(), b => b != 0));
            default:
                using (var wide = tensor.To(TorchDtype.Float64))
                {
                    return new Tensor<T>(type.Shape, Array.ConvertAll(wide.ToArray<double>(), T.FromDouble));
                }
        }
    }

    private static TensorHandle Write<T>(Tensor tensor, LoweringContext context)
        where T : struct, INumeric<T>
    {
        long[] sizes = [.. tensor.Shape.Select(s => (long)s)];
        switch (tensor)
        {
            case Tensor<long> indices:
                return TensorFactory.FromBytes(TensorFactory.Bytes<long>(indices.Elements, sizes, TorchDtype.Int64), sizes, TorchDtype.Int64, context.Device);
            case Tensor<bool> mask:
                return TensorFactory.FromBytes(TensorFactory.Bytes<bool>(mask.Elements, sizes, TorchDtype.Bool), sizes, TorchDtype.Bool, context.Device);
            default:
                var reals = Array.ConvertAll(((Tensor<T>)tensor).Elements, T.ToDouble);
                var wide = TensorFactory.FromBytes(TensorFactory.Bytes<double>(reals, sizes, TorchDtype.Float64), sizes, TorchDtype.Float64, context.Device);
                if (context.Storage == TorchDtype.Float64)
                {
                    return wide;
                }

                var narrow = TensorFactory.Convert(wide, context.Storage, context.Device);
                wide.Delete();
                return narrow;
        }
    }
}

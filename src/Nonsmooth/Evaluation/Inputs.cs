using System.Runtime.InteropServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Evaluation;

/// <summary>Reading arrays as a program's inputs.</summary>
internal static class Inputs
{
    public static Tensor Read<T>(string name, TensorType type, Array given)
        where T : struct, INumeric<T>
    {
        if (given.Length != type.Shape.Count64)
        {
            throw new NonsmoothException($"input '{name}' is {type}: give {type.Shape.Count64} elements, not {given.Length}");
        }

        return (type.Kind, given) switch
        {
            (ElementKind.Real, double[] reals) => new Tensor<T>(type.Shape, Numbers<T>(reals)),
            (ElementKind.Real, float[] reals) => new Tensor<T>(type.Shape, Array.ConvertAll(reals, r => T.Varying(r))),
            (ElementKind.Index, long[] indices) => new Tensor<long>(type.Shape, indices),
            (ElementKind.Index, int[] indices) => new Tensor<long>(type.Shape, Array.ConvertAll(indices, i => (long)i)),
            (ElementKind.Boolean, bool[] mask) => new Tensor<bool>(type.Shape, mask),
            _ => throw new NonsmoothException($"input '{name}' is {type}: an array of {given.GetType().GetElementType()?.Name} does not fit"),
        };
    }

    // Doubles are numbers of 64 bits as they are.
    private static T[] Numbers<T>(double[] reals)
        where T : struct, INumeric<T> =>
        typeof(T) == typeof(Rounded<Float64>) ? MemoryMarshal.Cast<double, T>(reals).ToArray() : Array.ConvertAll(reals, T.Varying);
}

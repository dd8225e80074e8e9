using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Compiled;

/// <summary>Calls of one function of the library as one: numbers go side by side in the narrowest vector that holds them, in f64 whatever the format.</summary>
internal sealed class PackedCall
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static;

    private static readonly PackedCall[] _known = [new(typeof(Vector128), typeof(Vector128<double>), 2), new(typeof(Vector256), typeof(Vector256<double>), 4), new(typeof(Vector512), typeof(Vector512<double>), 8)];

    private readonly MethodInfo _create;
    private readonly MethodInfo _element;

    private PackedCall(Type holder, Type vector, int width)
    {
        (Vector, Width) = (vector, width);
        _create = holder.GetMethod("Create", Public, [.. Enumerable.Repeat(typeof(double), width)])!;
        _element = holder.GetMethod("GetElement", Public)!.MakeGenericMethod(typeof(double));
    }

    public Type Vector { get; }

    public int Width { get; }

    /// <summary>The call for so many numbers, at most <see cref="StepOrder.Lanes"/>.</summary>
    public static PackedCall Of(int numbers) => _known[numbers <= 2 ? 0 : numbers <= 4 ? 1 : 2];

    /// <summary>Calls the function on as many numbers on the stack as are wide.</summary>
    public void Call(ILGenerator il, TapeCode code)
    {
        il.Emit(OpCodes.Call, _create);
        il.Emit(OpCodes.Call, LaneMathematics.Method(code, Vector));
    }

    /// <summary>The same for the sine, with the cosine in a local.</summary>
    public void Both(ILGenerator il, LocalBuilder cosine)
    {
        il.Emit(OpCodes.Call, _create);
        il.Emit(OpCodes.Ldloca, cosine);
        il.Emit(OpCodes.Call, LaneMathematics.BothMethod(Vector));
    }

    /// <summary>One of the numbers of a vector on the stack.</summary>
    public void Element(ILGenerator il, int lane)
    {
        il.Emit(OpCodes.Ldc_I4, lane);
        il.Emit(OpCodes.Call, _element);
    }
}

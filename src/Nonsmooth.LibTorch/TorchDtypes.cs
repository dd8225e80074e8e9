namespace Nonsmooth.LibTorch;

/// <summary>Facts about element types.</summary>
public static class TorchDtypes
{
    /// <summary>The bytes one element takes.</summary>
    public static int ElementSize(this TorchDtype dtype) => dtype switch
    {
        TorchDtype.Float64 or TorchDtype.Int64 => 8,
        TorchDtype.Float32 or TorchDtype.Int32 => 4,
        TorchDtype.Float16 or TorchDtype.BFloat16 or TorchDtype.Int16 => 2,
        _ => 1,
    };

    /// <summary>Whether the type holds real numbers.</summary>
    public static bool IsFloating(this TorchDtype dtype) => dtype
        is TorchDtype.Float32 or TorchDtype.Float64 or TorchDtype.Float16 or TorchDtype.BFloat16
        or TorchDtype.Float8E4M3 or TorchDtype.Float8E5M2;

    /// <summary>The element type whose memory is that of the .NET type.</summary>
    /// <exception cref="NonsmoothException">The .NET type has no counterpart; name the element type instead.</exception>
    public static TorchDtype Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? TorchDtype.Float32
        : typeof(T) == typeof(double) ? TorchDtype.Float64
        : typeof(T) == typeof(Half) ? TorchDtype.Float16
        : typeof(T) == typeof(long) ? TorchDtype.Int64
        : typeof(T) == typeof(int) ? TorchDtype.Int32
        : typeof(T) == typeof(short) ? TorchDtype.Int16
        : typeof(T) == typeof(sbyte) ? TorchDtype.Int8
        : typeof(T) == typeof(byte) ? TorchDtype.UInt8
        : typeof(T) == typeof(bool) ? TorchDtype.Bool
        : throw new NonsmoothException($"A tensor of {typeof(T).Name} needs its element type named: pass a TorchDtype of {System.Runtime.CompilerServices.Unsafe.SizeOf<T>()} bytes.");
}

using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Recorded calls of operators with <c>Scalar</c> arguments, which the C interface refuses.</summary>
/// <remarks>
/// The one place that leaves the stable interface: <c>at::_ops::X::call(const Tensor&amp;, …)</c> is exported by every
/// libtorch 2.x, and only measurements of libtorch itself call it. A tensor handle is an <c>at::Tensor*</c>, so it is an
/// argument as it stands; the result is built into eight bytes that then are a handle. Linux's calling convention and
/// names only: elsewhere the symbol is not found and the error says so.
/// </remarks>
internal static unsafe class ScalarSymbols
{
    private const int Words = 6;
    private const int Cell = 48;

    /// <summary>Calls an operator by its C++ symbol.</summary>
    /// <param name="name">The operator and overload, joined as the symbol does.</param>
    /// <param name="tail">The mangled types after the first tensor.</param>
    /// <param name="self">The first tensor.</param>
    /// <param name="arguments">Tensors, doubles (each a <c>Scalar</c>, present), longs, and null for an absent optional.</param>
    public static TensorHandle Call(string name, string tail, TensorHandle self, ReadOnlySpan<object?> arguments)
    {
        var call = (delegate* unmanaged[Cdecl]<nint, nint, nint, nint, nint, nint, nint, nint, void>)Find(name, tail);
        byte* cells = stackalloc byte[(Words * Cell) + 16];
        cells = (byte*)(((nint)cells + 15) & ~15);
        new Span<byte>(cells, Words * Cell).Clear();
        Span<nint> words = stackalloc nint[Words];
        for (int i = 0; i < arguments.Length; i++)
        {
            byte* cell = cells + (i * Cell);
            if (arguments[i] is double number)
            {
                // Tag 0 is a double, kept 16 bytes in; byte 32 says that an optional is present.
                (*(double*)(cell + 16), cell[32]) = (number, 1);
            }

            words[i] = arguments[i] switch
            {
                TensorHandle tensor => tensor.Value,
                long whole => (nint)whole,
                _ => (nint)cell,
            };
        }

        nint result = (nint)NativeMemory.AllocZeroed(8);
        call(result, self.Value, words[0], words[1], words[2], words[3], words[4], words[5]);
        return new TensorHandle(result);
    }

    private static nint Find(string name, string tail)
    {
        ThreadState.Enter();
        string symbol = $"_ZN2at4_ops{name.Length}{name}4callERKNS_6TensorE{tail}";
        nint library = NativeLibrary.Load(Path.Combine(LibTorchLibrary.Folder!, LibTorchLocator.CpuFile));
        return NativeLibrary.TryGetExport(library, symbol, out nint address) ? address : throw new NonsmoothException(
            $"libtorch in '{LibTorchLibrary.Folder}' exports no {symbol}: {name} with scalars cannot be measured there, use libtorch 2.10 for Linux.");
    }
}

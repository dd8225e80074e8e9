using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Recorded calls of operators with <c>Scalar</c> arguments, which the C interface refuses.</summary>
/// <remarks>
/// The one place that leaves the stable interface: <c>at::_ops::X::call(const Tensor&amp;, const Scalar&amp;, …)</c> is exported
/// by every libtorch 2.x, and only measurements of libtorch itself call it. A tensor handle is an <c>at::Tensor*</c>, so
/// it is the first argument as it stands; the result is built into eight bytes that then are a handle. Linux's calling
/// convention and names only: elsewhere the symbol is not found and the error says so.
/// </remarks>
internal static unsafe class ScalarSymbols
{
    private const int Size = 48;

    private const string First = "RKN3c106ScalarE";

    // Further arguments are written by reference to the first.
    private const string Again = "S8_";

    public static TensorHandle Call(string name, TensorHandle self, ReadOnlySpan<double> scalars)
    {
        var call = (delegate* unmanaged[Cdecl]<nint, nint, nint, nint, nint, nint, void>)Find(name, scalars.Length);
        byte* cells = stackalloc byte[(3 * Size) + 16];
        cells = (byte*)(((nint)cells + 15) & ~15);
        new Span<byte>(cells, 3 * Size).Clear();
        for (int i = 0; i < scalars.Length; i++)
        {
            // Tag 0 is a double, kept 16 bytes in.
            *(double*)(cells + (i * Size) + 16) = scalars[i];
        }

        var result = (nint)NativeMemory.AllocZeroed(8);
        call(result, self.Value, (nint)cells, (nint)(cells + Size), (nint)(cells + (2 * Size)), 0);
        return new TensorHandle(result);
    }

    private static nint Find(string name, int count)
    {
        ThreadState.Enter();
        string symbol = $"_ZN2at4_ops{name.Length}{name}4callERKNS_6TensorE{First}{string.Concat(Enumerable.Repeat(Again, count - 1))}";
        nint library = NativeLibrary.Load(Path.Combine(LibTorchLibrary.Folder!, LibTorchLocator.CpuFile));
        return NativeLibrary.TryGetExport(library, symbol, out nint address) ? address : throw new NonsmoothException(
            $"libtorch in '{LibTorchLibrary.Folder}' exports no {symbol}: {name} with scalars cannot be measured there, use libtorch 2.10 for Linux.");
    }
}

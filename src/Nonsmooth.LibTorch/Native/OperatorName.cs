using System.Runtime.InteropServices;
using System.Text;

namespace Nonsmooth.LibTorch.Native;

/// <summary>An ATen operator and overload, kept as C strings for the life of the process.</summary>
/// <remarks>Make one per operator in a static field: creating one costs two native allocations that are never freed.</remarks>
internal sealed unsafe class OperatorName
{
    /// <param name="name">The name without or with namespace: <c>mm</c> is <c>aten::mm</c>.</param>
    /// <param name="overload">The overload, such as <c>Tensor</c>; empty for the plain one.</param>
    public OperatorName(string name, string overload = "")
    {
        var full = name.Contains("::", StringComparison.Ordinal) ? name : "aten::" + name;
        Text = overload.Length == 0 ? full : $"{full}.{overload}";
        Name = Utf8(full);
        Overload = Utf8(overload);
    }

    public byte* Name { get; }

    public byte* Overload { get; }

    /// <summary>The name as schemas write it: <c>aten::mul.Tensor</c>.</summary>
    public string Text { get; }

    public override string ToString() => Text;

    private static byte* Utf8(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}

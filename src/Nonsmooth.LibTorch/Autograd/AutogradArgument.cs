using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Autograd;

/// <summary>One argument of an operator, by the type its schema names.</summary>
/// <remarks>
/// Tensors, whole numbers (<c>int</c>), real numbers (<c>float</c>) and truth values convert by themselves. A C# int
/// becomes <c>int</c>, a C# double <c>float</c>: the schema's type decides which must be written.
/// </remarks>
public sealed class AutogradArgument
{
    private readonly Func<ulong> _encode;

    private AutogradArgument(Func<ulong> encode) => _encode = encode;

    /// <summary>An absent optional of any type.</summary>
    public static AutogradArgument None { get; } = new(static () => Slot.None);

    /// <summary>A <c>Tensor?</c> that is present.</summary>
    public static AutogradArgument Some(AutogradTensor tensor) => new(() => Slot.Optional(tensor.Handle));

    /// <summary>An <c>int?</c> that is present.</summary>
    public static AutogradArgument Some(long value) => new(() => Slot.Optional((long?)value));

    /// <summary>A <c>bool?</c> that is present.</summary>
    public static AutogradArgument Some(bool value) => new(() => Slot.Optional((bool?)value));

    /// <summary>An <c>int[]</c>.</summary>
    public static AutogradArgument List(params long[] values) => new(() => Slot.Of(values));

    /// <summary>An <c>int[]?</c> that is present.</summary>
    public static AutogradArgument SomeList(params long[] values) => new(() => Slot.Some(Slot.Of(values)));

    /// <summary>A <c>str</c>.</summary>
    public static AutogradArgument Text(string value) => new(() => Slot.Of(System.Text.Encoding.UTF8.GetBytes(value)));

    /// <summary>A <c>Tensor</c>.</summary>
    public static implicit operator AutogradArgument(AutogradTensor tensor) => new(() => Slot.Of(tensor.Handle));

    /// <summary>An <c>int</c>.</summary>
    public static implicit operator AutogradArgument(long value) => new(() => Slot.Of(value));

    /// <summary>An <c>int</c>.</summary>
    public static implicit operator AutogradArgument(int value) => (long)value;

    /// <summary>A <c>float</c>.</summary>
    public static implicit operator AutogradArgument(double value) => new(() => Slot.Of(value));

    /// <summary>A <c>bool</c>.</summary>
    public static implicit operator AutogradArgument(bool value) => new(() => Slot.Of(value));

    internal ulong Encode() => _encode();
}

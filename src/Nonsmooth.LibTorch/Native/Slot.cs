using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Encodes one argument of an operator as a 64-bit slot of the dispatcher's stack.</summary>
/// <remarks>
/// A slot that holds a handle, a list, a string or a present optional is owned by the call it is put into: make it for
/// one call and put it into that call only.
/// </remarks>
internal static unsafe class Slot
{
    /// <summary>An absent optional.</summary>
    public const ulong None = 0;

    /// <summary>A tensor the caller keeps: the call gets a handle of its own.</summary>
    public static ulong Of(TensorHandle tensor) => (ulong)tensor.Share().Value;

    /// <summary>A tensor the call takes: the caller must not use or release the handle afterwards.</summary>
    public static ulong Take(TensorHandle tensor) => (ulong)tensor.Value;

    public static ulong Of(long value) => (ulong)value;

    public static ulong Of(double value) => BitConverter.DoubleToUInt64Bits(value);

    public static ulong Of(bool value) => value ? 1ul : 0ul;

    public static ulong Of(TorchDtype dtype) => (uint)AbiCodes.Of(dtype);

    public static ulong Of(MemoryFormat format) => (uint)AbiCodes.Of(format);

    /// <summary>A <c>str</c> argument.</summary>
    public static ulong Of(ReadOnlySpan<byte> utf8)
    {
        nint handle;
        fixed (byte* start = utf8)
        {
            Abi.Check(Abi.NewString(start, (nuint)utf8.Length, &handle), "torch_new_string_handle");
        }

        return (ulong)handle;
    }

    /// <summary>An <c>int[]</c> argument.</summary>
    public static ulong Of(ReadOnlySpan<long> values)
    {
        var list = List(values.Length);
        foreach (var value in values)
        {
            Push(list, (ulong)value);
        }

        return (ulong)list;
    }

    /// <summary>A <c>float[]</c> argument.</summary>
    public static ulong Of(ReadOnlySpan<double> values)
    {
        var list = List(values.Length);
        foreach (var value in values)
        {
            Push(list, Of(value));
        }

        return (ulong)list;
    }

    /// <summary>A <c>bool[]</c> argument.</summary>
    public static ulong Of(ReadOnlySpan<bool> values)
    {
        var list = List(values.Length);
        foreach (var value in values)
        {
            Push(list, Of(value));
        }

        return (ulong)list;
    }

    /// <summary>A <c>Tensor[]</c> argument; the caller keeps its tensors.</summary>
    public static ulong Of(ReadOnlySpan<TensorHandle> tensors)
    {
        var list = List(tensors.Length);
        foreach (var tensor in tensors)
        {
            Push(list, Of(tensor));
        }

        return (ulong)list;
    }

    /// <summary>A present optional around a slot.</summary>
    public static ulong Some(ulong slot)
    {
        // libtorch releases it with operator delete, which is free().
        var cell = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *cell = slot;
        return (ulong)cell;
    }

    /// <summary>A <c>Tensor?</c> argument; <c>default</c> is absent.</summary>
    public static ulong Optional(TensorHandle tensor) => tensor.IsNull ? None : Some(Of(tensor));

    /// <summary>A <c>ScalarType?</c> argument.</summary>
    public static ulong Optional(TorchDtype? dtype) => dtype is { } value ? Some(Of(value)) : None;

    /// <summary>An <c>int?</c> argument.</summary>
    public static ulong Optional(long? value) => value is { } present ? Some(Of(present)) : None;

    /// <summary>A <c>float?</c> argument.</summary>
    public static ulong Optional(double? value) => value is { } present ? Some(Of(present)) : None;

    /// <summary>A <c>bool?</c> argument.</summary>
    public static ulong Optional(bool? value) => value is { } present ? Some(Of(present)) : None;

    /// <summary>A <c>Tensor?[]</c> argument; <c>default</c> items are absent.</summary>
    public static ulong Optionals(ReadOnlySpan<TensorHandle> tensors)
    {
        var list = List(tensors.Length);
        foreach (var tensor in tensors)
        {
            Push(list, Optional(tensor));
        }

        return (ulong)list;
    }

    private static nint List(int count)
    {
        ThreadState.Enter();
        nint list;
        Abi.Check(Abi.NewList((nuint)count, &list), "torch_new_list_reserve_size");
        return list;
    }

    private static void Push(nint list, ulong slot) => Abi.Check(Abi.ListPush(list, slot), "torch_list_push_back");
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A tensor whose numbers are part of a program: two with the same numbers are the same.</summary>
public sealed class ConstantTensor : IEquatable<ConstantTensor>
{
    private readonly byte[] _digest;

    /// <summary>Copies a tensor.</summary>
    /// <param name="value">Reals as doubles, indices or truth values.</param>
    /// <exception cref="NonsmoothException">Its elements are of another type.</exception>
    public ConstantTensor(Tensor value)
    {
        (Type, Value, _digest) = value switch
        {
            Tensor<double> reals => (TensorType.Real(reals.Shape), Copy(reals), Digest<double>(reals.Elements)),
            Tensor<long> indices => (TensorType.Index(indices.Shape), Copy(indices), Digest<long>(indices.Elements)),
            Tensor<bool> mask => (TensorType.Boolean(mask.Shape), (Tensor)Copy(mask), Digest<bool>(mask.Elements)),
            _ => throw new NonsmoothException($"a constant is a tensor of double, long or bool, not {value.GetType().Name}: convert it"),
        };
    }

    /// <summary>Its type as a value of a program.</summary>
    public TensorType Type { get; }

    /// <summary>The first eight hexadecimal digits of the SHA-256 of its numbers, as a listing prints them.</summary>
    public string Fingerprint => Convert.ToHexStringLower(_digest.AsSpan(0, 4));

    /// <summary>The numbers, not to be written to: <see cref="Tensor{T}"/> of double, long or bool.</summary>
    internal Tensor Value { get; }

    /// <inheritdoc/>
    public bool Equals(ConstantTensor? other) => other is not null && (ReferenceEquals(this, other)
        || (Type == other.Type && _digest.AsSpan().SequenceEqual(other._digest) && SameBits(Value, other.Value)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConstantTensor);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_digest);

    /// <summary>The type and the fingerprint.</summary>
    public override string ToString() => $"{Type} {Fingerprint}";

    private static bool SameBits(Tensor left, Tensor right) => left switch
    {
        Tensor<double> reals => Bytes<double>(reals.Elements).SequenceEqual(Bytes<double>(((Tensor<double>)right).Elements)),
        Tensor<long> indices => indices.Elements.AsSpan().SequenceEqual(((Tensor<long>)right).Elements),
        _ => ((Tensor<bool>)left).Elements.AsSpan().SequenceEqual(((Tensor<bool>)right).Elements),
    };

    private static Tensor<T> Copy<T>(Tensor<T> tensor)
        where T : struct => new(tensor.Shape, [.. tensor.Elements]);

    private static byte[] Digest<T>(T[] elements)
        where T : unmanaged => SHA256.HashData(Bytes<T>(elements));

    private static ReadOnlySpan<byte> Bytes<T>(T[] elements)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(elements);
}

namespace Nonsmooth.Randomness;

/// <summary>The four 32-bit words that <see cref="Philox"/> makes of one counter.</summary>
/// <param name="Word0">The first word.</param>
/// <param name="Word1">The second word.</param>
/// <param name="Word2">The third word.</param>
/// <param name="Word3">The fourth word.</param>
public readonly record struct PhiloxBlock(uint Word0, uint Word1, uint Word2, uint Word3)
{
    /// <summary>Words 0 and 1 as one 64-bit number, word 0 low.</summary>
    public ulong Low => Word0 | ((ulong)Word1 << 32);

    /// <summary>Words 2 and 3 as one 64-bit number, word 2 low.</summary>
    public ulong High => Word2 | ((ulong)Word3 << 32);

    /// <summary>Word <paramref name="index"/> modulo 4.</summary>
    public uint this[int index] => (index & 3) switch { 0 => Word0, 1 => Word1, 2 => Word2, _ => Word3 };
}

namespace Nonsmooth.Randomness;

/// <summary>
/// Random numbers as a pure function of (seed, stream, index): no state, so any element is reached at once,
/// in any order, from any thread, with the same bits.
/// </summary>
/// <remarks>
/// <para>The generator is <see cref="Philox"/> keyed by the seed; the stream fills the upper half of its
/// counter and the index the lower half. <see cref="At"/>, <see cref="Uniform"/> and <see cref="Normal"/>
/// read the same bits: give each use its own stream with <see cref="Derive(ulong)"/>.</para>
/// <para><c>default</c> is the generator of seed 0, stream 0. <see cref="Normal"/> uses the platform's
/// logarithm and sine, whose last bit may differ between operating systems; everything else is exact.</para>
/// </remarks>
/// <param name="Seed">What the user chose.</param>
/// <param name="Stream">Which independent sequence of that seed.</param>
public readonly record struct CounterRandom(ulong Seed, ulong Stream = 0)
{
    private const double Ulp53 = 1.0 / (1UL << 53);
    private const float Ulp24 = 1f / (1 << 24);

    /// <summary>32 random bits.</summary>
    public uint At(ulong index) => Block(index >> 2)[(int)(index & 3)];

    /// <summary>A multiple of 2⁻⁵³, uniform on [0, 1).</summary>
    public double Uniform(ulong index)
    {
        var block = Block(index >> 1);
        return ToUnit((index & 1) == 0 ? block.Low : block.High);
    }

    /// <summary>A standard normal number (Box and Muller), always finite, |x| &lt; 8.6.</summary>
    public double Normal(ulong index)
    {
        var (cosine, sine) = NormalPair(Block(index >> 1));
        return (index & 1) == 0 ? cosine : sine;
    }

    /// <summary>A generator of the same seed whose stream is a hash of this stream and a label.</summary>
    public CounterRandom Derive(ulong label) => new(Seed, Philox.Block(label, Stream, 0x5EED_0F_57_12_EA_11).Low);

    /// <summary>A generator of the same seed whose stream is a hash of this stream and a name.</summary>
    public CounterRandom Derive(string name)
    {
        // FNV-1a over UTF-16 units: the same on every platform, unlike string.GetHashCode.
        var hash = 0xCBF29CE484222325UL;
        foreach (var unit in name)
        {
            hash = (hash ^ unit) * 0x100000001B3UL;
        }

        return Derive(hash);
    }

    /// <summary>Reads this generator in order, from word <paramref name="start"/> of <see cref="At"/>.</summary>
    public RandomSequence Sequence(ulong start = 0) => new(this, start);

    /// <summary>A uniformly random permutation of 0, …, count − 1 (Fisher and Yates).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        Shuffle(order);
        return order;
    }

    /// <summary>Puts the items in a uniformly random order.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        var sequence = Sequence();
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = sequence.NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Element i becomes multiple of 2⁻²⁴ on [0, 1), made of the bits of <see cref="At"/>(start + i).</summary>
    public void FillUniform(Span<float> values, ulong start = 0)
    {
        var sequence = Sequence(start);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (sequence.NextUInt32() >> 8) * Ulp24;
        }
    }

    /// <summary>Element i becomes <see cref="Uniform"/>(start + i).</summary>
    public void FillUniform(Span<double> values, ulong start = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Uniform(start + (ulong)i);
        }
    }

    /// <summary>Element i becomes <see cref="Normal"/>(start + i), rounded to single precision.</summary>
    public void FillNormal(Span<float> values, ulong start = 0)
    {
        var i = 0;
        if (values.Length > 0 && (start & 1) == 1)
        {
            values[i++] = (float)Normal(start);
        }

        for (; i + 1 < values.Length; i += 2)
        {
            var (even, odd) = NormalPair(Block((start + (ulong)i) >> 1));
            (values[i], values[i + 1]) = ((float)even, (float)odd);
        }

        if (i < values.Length)
        {
            values[i] = (float)Normal(start + (ulong)i);
        }
    }

    /// <summary>Element i becomes <see cref="Normal"/>(start + i).</summary>
    public void FillNormal(Span<double> values, ulong start = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Normal(start + (ulong)i);
        }
    }

    internal PhiloxBlock Block(ulong index) => Philox.Block(index, Stream, Seed);

    internal static double ToUnit(ulong bits) => (bits >> 11) * Ulp53;

    internal static (double Cosine, double Sine) NormalPair(PhiloxBlock block)
    {
        // 1 − u lies in (0, 1], so the logarithm is finite.
        var radius = Math.Sqrt(-2 * Math.Log(1 - ToUnit(block.Low)));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * ToUnit(block.High));
        return (radius * cosine, radius * sine);
    }
}

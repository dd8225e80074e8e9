namespace Nonsmooth.Randomness;

/// <summary>Reads a <see cref="CounterRandom"/> word by word; a mutable struct: pass it by reference.</summary>
public struct RandomSequence
{
    private readonly CounterRandom random;
    private PhiloxBlock block;

    /// <summary>Starts at word <paramref name="position"/> of a generator.</summary>
    public RandomSequence(CounterRandom random, ulong position = 0)
    {
        this.random = random;
        Position = position;
        block = (position & 3) == 0 ? default : random.Block(position >> 2);
    }

    /// <summary>The index of the next word: save it to go on from here later.</summary>
    public ulong Position { get; private set; }

    /// <summary>The next 32 random bits, <see cref="CounterRandom.At"/>(<see cref="Position"/>).</summary>
    public uint NextUInt32()
    {
        var lane = (int)(Position & 3);
        if (lane == 0)
        {
            block = random.Block(Position >> 2);
        }

        Position++;
        return block[lane];
    }

    /// <summary>The next two words as 64 random bits.</summary>
    public ulong NextUInt64() => NextUInt32() | ((ulong)NextUInt32() << 32);

    /// <summary>A multiple of 2⁻⁵³, uniform on [0, 1), from two words.</summary>
    public double NextDouble() => CounterRandom.ToUnit(NextUInt64());

    /// <summary>A multiple of 2⁻²⁴, uniform on [0, 1), from one word.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform on [−1, 1), from one word.</summary>
    public float NextSigned() => (2 * NextSingle()) - 1;

    /// <summary>A standard normal number, from four words.</summary>
    public double NextNormal()
    {
        var (low, high) = (NextUInt64(), NextUInt64());
        return CounterRandom.NormalPair(new PhiloxBlock((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32))).Cosine;
    }

    /// <summary>Uniform on 0, …, bound − 1 without bias, from one word and rarely more.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var product = (ulong)NextUInt32() * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            // Lemire (2019): redraw the few words that would make some results likelier.
            var threshold = (0u - (uint)bound) % (uint)bound;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * (uint)bound;
            }
        }

        return (int)(product >> 32);
    }
}

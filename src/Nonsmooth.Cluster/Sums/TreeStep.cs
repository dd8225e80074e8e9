using System.Numerics;

namespace Nonsmooth.Cluster;

/// <summary>One exchange of a rank in a sum over the tree: what it gives, where what it takes belongs, and whether that is added to what it has.</summary>
/// <param name="Partner">With whom.</param>
/// <param name="IsLower">Whether this rank is the lower of the two, whose part is the left operand.</param>
/// <param name="Adds">Whether what is taken is added; else it replaces.</param>
/// <param name="Given">Where what is given begins.</param>
/// <param name="GivenLength">Numbers given.</param>
/// <param name="Taken">Where what is taken belongs.</param>
/// <param name="TakenLength">Numbers taken.</param>
internal readonly record struct TreeStep(int Partner, bool IsLower, bool Adds, long Given, long GivenLength, long Taken, long TakenLength)
{
    /// <summary>The most exchanges of a sum.</summary>
    public static int Most(int size) => 2 * BitOperations.Log2((uint)size);

    /// <summary>The exchanges of a rank, in their order.</summary>
    /// <param name="rank">The rank.</param>
    /// <param name="size">How many there are, a power of two.</param>
    /// <param name="length">Numbers of the vector.</param>
    /// <param name="isWhole">Whether it is exchanged whole each time; else halved.</param>
    /// <param name="steps">Room for <see cref="Most"/>.</param>
    /// <returns>How many.</returns>
    public static int Plan(int rank, int size, long length, bool isWhole, Span<TreeStep> steps)
    {
        int levels = BitOperations.Log2((uint)size);
        long start = 0;
        for (int level = 0; level < levels; level++)
        {
            int partner = rank ^ (1 << level);
            bool isLower = rank < partner;
            if (isWhole)
            {
                steps[level] = new TreeStep(partner, isLower, true, 0, length, 0, length);
                continue;
            }

            // The partner has come by the same bits below this one, so it has the same range; one keeps its lower half, the other its upper.
            long half = length / 2, upper = start + half, rest = length - half;
            var (kept, keptLength, given, givenLength) = isLower ? (start, half, upper, rest) : (upper, rest, start, half);
            steps[level] = new TreeStep(partner, isLower, true, given, givenLength, kept, keptLength);
            steps[(2 * levels) - 1 - level] = new TreeStep(partner, isLower, false, kept, keptLength, given, givenLength);
            (start, length) = (kept, keptLength);
        }

        return isWhole ? levels : 2 * levels;
    }

    /// <summary>Refuses a number of ranks that would change the bits.</summary>
    /// <exception cref="NonsmoothException">It is not a power of two.</exception>
    public static void CheckSize(int size)
    {
        if (!BitOperations.IsPow2(size))
        {
            throw new NonsmoothException($"there are {size} ranks: start a power of two of them, as {BitOperations.RoundUpToPowerOf2((uint)size) / 2}, for the same bits whatever their number");
        }
    }
}

using System.Runtime.CompilerServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The elements that each location of a grid reads from a tensor of several axes.</summary>
/// <param name="Reading">How.</param>
/// <param name="Orders">The order of the derivative in each coordinate, outermost axis first.</param>
/// <param name="Sizes">The sizes of the axes read.</param>
internal sealed record GridTaps(GridReading Reading, IntVector Orders, IntVector Sizes)
{
    /// <summary>How many elements a location reads.</summary>
    public int Count { get; } = Sizes.Aggregate(1, (n, _) => n * Reading.Taps);

    /// <summary>Elements of a plane.</summary>
    public int Plane { get; } = Sizes.Aggregate(1, static (n, size) => n * size);

    /// <summary>Finds them for one location.</summary>
    /// <param name="coordinates">Its coordinates, that of the innermost axis first.</param>
    /// <param name="places">Filled with positions in the plane, −1 outside.</param>
    /// <param name="weights">Filled with their weights.</param>
    public void Find<T>(ReadOnlySpan<T> coordinates, Span<int> places, Span<T> weights)
        where T : struct, INumeric<T>
    {
        int taps = Reading.Taps;
        Span<int> along = stackalloc int[taps];
        var room = default(Taps<T>);
        Span<T> shares = room[..taps];
        int count = 1;
        for (int axis = 0; axis < Sizes.Count; axis++)
        {
            Reading.Find(coordinates[Sizes.Count - 1 - axis], Sizes[axis], Orders[axis], along, shares);

            // From the back, so that what is spread is not overwritten.
            for (int i = count - 1; i >= 0; i--)
            {
                var (place, weight) = (places[i], weights[i]);
                for (int tap = taps - 1; tap >= 0; tap--)
                {
                    int at = (i * taps) + tap;
                    places[at] = axis == 0 ? along[tap] : place < 0 || along[tap] < 0 ? -1 : (place * Sizes[axis]) + along[tap];
                    weights[at] = axis == 0 ? shares[tap] : weight * shares[tap];
                }
            }

            count *= taps;
        }
    }

    /// <summary>What finding them counts, for one location.</summary>
    public OperationCount Operations()
    {
        var count = OperationCount.Zero;
        long spread = 1;
        for (int axis = 0; axis < Sizes.Count; axis++)
        {
            spread *= Reading.Taps;
            count += Reading.Count(Orders[axis]) + OperationCount.Of(ScalarOperation.Multiply, axis == 0 ? 0 : spread);
        }

        return count;
    }

    [InlineArray(4)]
    private struct Taps<T>
    {
        private T _first;
    }
}

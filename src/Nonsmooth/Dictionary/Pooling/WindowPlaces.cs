namespace Nonsmooth.Dictionary;

/// <summary>Where the elements of each window are in a plane.</summary>
/// <param name="starts">Where each window's positions begin, and where the last one's end.</param>
/// <param name="places">The positions, window by window.</param>
internal readonly struct WindowPlaces(int[] starts, int[] places)
{
    /// <summary>A window's positions.</summary>
    public ReadOnlySpan<int> Of(int window) => places.AsSpan(starts[window], starts[window + 1] - starts[window]);
}

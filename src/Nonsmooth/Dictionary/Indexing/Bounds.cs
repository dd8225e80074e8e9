namespace Nonsmooth.Dictionary;

/// <summary>The check that an index lies inside the axis it picks from.</summary>
internal static class Bounds
{
    public static int Of(string function, long index, int position, int bound) =>
        index >= 0 && index < bound
            ? (int)index
            : throw new NonsmoothException($"{function}: index {index} at position {position} is out of range: use one in [0, {bound})");
}

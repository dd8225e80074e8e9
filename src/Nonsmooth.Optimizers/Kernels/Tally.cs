using System.Numerics;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>
/// A float64 number kept as a sum of two numbers of a state's precision, so that a checkpoint of states
/// holds it and a run that goes on has the same bits as one that never stopped.
/// </summary>
internal static class Tally
{
    /// <summary>The name of the state.</summary>
    public const string Name = "tally";

    /// <summary>How many numbers one tally takes.</summary>
    public const int Length = 2;

    public static double Read<T>(ReadOnlySpan<T> parts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        double.CreateChecked(parts[0]) + double.CreateChecked(parts[1]);

    /// <summary>Keeps the value and returns it as <see cref="Read"/> will.</summary>
    public static double Write<T>(Span<T> parts, double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        parts[0] = T.CreateChecked(value);
        parts[1] = T.CreateChecked(value - double.CreateChecked(parts[0]));
        return Read<T>(parts);
    }
}

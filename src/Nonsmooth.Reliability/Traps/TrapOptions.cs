using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Traps;

/// <summary>What a program is linted for.</summary>
public sealed record TrapOptions
{
    /// <summary>The arithmetic in which it will run. Default 32 bits.</summary>
    public TrapFormat Format { get; init; } = TrapFormat.Float32;

    /// <summary>What inputs can be, by name. Default nothing: any finite number.</summary>
    /// <remarks>
    /// A function of an input about which nothing is known is taken to be applied inside its domain: <c>log(x)</c> is
    /// no trap, but it is one where x is declared not negative, since 0 is then an element like others.
    /// </remarks>
    public IReadOnlyDictionary<string, ValueRange> Inputs { get; init; } = new Dictionary<string, ValueRange>();

    /// <summary>What holds at kinks when a suspect is probed. Default <see cref="Selections.Selection.Default"/>.</summary>
    /// <remarks>It decides some: the slope 0 of a ReLU at 0 stops the infinite slope of a root after it, ½ does not.</remarks>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>The derivative from which an epsilon in a denominator is a trap. Default 1e7.</summary>
    public double LargestSlope { get; init; } = 1e7;

    /// <summary>How many numbers a probe's inputs may have together. Default 4096; an alarm that cannot be probed has no evidence.</summary>
    public int ProbeElements { get; init; } = 4096;
}

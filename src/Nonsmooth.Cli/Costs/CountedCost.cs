using Nonsmooth.Arithmetic;

namespace Nonsmooth.Cli.Costs;

/// <summary>Operations as they are evaluated.</summary>
/// <param name="Value">The loss.</param>
/// <param name="Backward">The backward sweep alone, for the parameters.</param>
/// <param name="Training">The loss and its gradient in the parameters.</param>
internal sealed record CountedCost(Operations Value, Operations Backward, Operations Training);

/// <summary>How many operations of each kind.</summary>
internal sealed record Operations(long Total, long Additions, long Multiplications, long Comparisons, long Nonlinear)
{
    public static Operations Of(OperationCount count) =>
        new(count.Total, count.Additions, count.Multiplications, count.Comparisons, count.Nonlinear);

    public static Operations operator +(Operations left, Operations right) => new(
        left.Total + right.Total,
        left.Additions + right.Additions,
        left.Multiplications + right.Multiplications,
        left.Comparisons + right.Comparisons,
        left.Nonlinear + right.Nonlinear);
}

/// <summary>Multiply-adds, each two floating-point operations.</summary>
/// <param name="Dense">Of the value, taps on padding counted.</param>
/// <param name="Effective">Of the value, taps on padding left out.</param>
/// <param name="Backward">Of the backward sweep alone, dense.</param>
/// <param name="BackwardEffective">Of the backward sweep alone, effective.</param>
internal sealed record Macs(long Dense, long Effective, long Backward, long BackwardEffective)
{
    public static Macs operator +(Macs left, Macs right) => new(
        left.Dense + right.Dense,
        left.Effective + right.Effective,
        left.Backward + right.Backward,
        left.BackwardEffective + right.BackwardEffective);
}

/// <summary>Bytes that arguments and results take: what must at least be moved.</summary>
internal sealed record MovedBytes(long Forward, long Backward)
{
    public static MovedBytes operator +(MovedBytes left, MovedBytes right) =>
        new(left.Forward + right.Forward, left.Backward + right.Backward);
}

/// <summary>What is counted.</summary>
/// <param name="Nodes">How many nodes the program has.</param>
/// <param name="Uncounted">Those whose cost nobody states: the totals leave them out.</param>
/// <param name="Unsaid">Those whose functions do not say what their backward keeps: all their arguments are counted as kept.</param>
internal sealed record Coverage(int Nodes, IReadOnlyList<string> Uncounted, IReadOnlyList<string> Unsaid)
{
    /// <summary>One line for a person.</summary>
    public string Line => Uncounted.Count == 0
        ? Unsaid.Count == 0
            ? $"all {Output.Numbers.Whole(Nodes)} nodes counted"
            : $"all {Output.Numbers.Whole(Nodes)} nodes counted; of {Output.Numbers.Whole(Unsaid.Count)} nobody says what backward keeps, and all arguments are counted as kept: {string.Join(", ", Unsaid)}"
        : $"{Output.Numbers.Whole(Uncounted.Count)} of {Output.Numbers.Whole(Nodes)} nodes not counted, and the totals leave them out: {string.Join(", ", Uncounted)}";
}

namespace Nonsmooth.Reliability.Traps;

/// <summary>A place in a program whose value or derivative is lost at a point that the program can reach.</summary>
/// <param name="Node">The node's name; inside a composite with the composite's name before it.</param>
/// <param name="Kind">The kind's stable name, <see cref="TrapKind.Id"/>.</param>
/// <param name="What">What happens, in one sentence with what was measured.</param>
/// <param name="Mend">What to write instead, in one sentence.</param>
/// <param name="Evidence">The probe; null where its inputs would have had too many numbers.</param>
public sealed record Trap(string Node, string Kind, string What, string Mend, TrapEvidence? Evidence)
{
    /// <summary>One line: node, kind, what and mend.</summary>
    public override string ToString() => $"{Node}: [{Kind}] {What} {Mend}";
}

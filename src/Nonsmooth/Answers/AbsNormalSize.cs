namespace Nonsmooth.Answers;

/// <summary>The size of an abs-normal form.</summary>
/// <param name="Switches">s: arguments of absolute values.</param>
/// <param name="Inputs">p: numbers that are differentiated with respect to.</param>
/// <param name="Outputs">q: numbers that come out.</param>
public sealed record AbsNormalSize(long Switches, long Inputs, long Outputs)
{
    /// <summary>Bytes of its matrices and constants in double precision.</summary>
    public decimal Bytes => 8m * (Switches + Outputs) * (Switches + Inputs + 1m);
}

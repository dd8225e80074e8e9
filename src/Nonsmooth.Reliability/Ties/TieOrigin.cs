namespace Nonsmooth.Reliability.Ties;

/// <summary>Ties of one site in a format beside those of the same parameters and data in 64 bits, place by place.</summary>
/// <param name="Site">The node's name.</param>
/// <param name="Function">Its function's name.</param>
/// <param name="Places">Elements of its result, over all runs.</param>
/// <param name="Kept">Places tied in the format and in 64 bits.</param>
/// <param name="Made">Places tied in the format and not in 64 bits: rounding made these ties, be it of values, parameters or data.</param>
/// <param name="Lost">Places tied in 64 bits and not in the format.</param>
public sealed record TieOrigin(string Site, string Function, long Places, long Kept, long Made, long Lost)
{
    /// <summary>Ties in the format.</summary>
    public long Ties => Kept + Made;

    /// <summary>Ties in 64 bits.</summary>
    public long WideTies => Kept + Lost;

    /// <summary>The part of the format's ties that rounding made, from 0 to 1; 0 without a tie.</summary>
    public double MadePart => Ties > 0 ? (double)Made / Ties : 0;

    /// <summary>Both counts together, under the name of the first.</summary>
    public static TieOrigin operator +(TieOrigin a, TieOrigin b) => a with
    {
        Places = a.Places + b.Places,
        Kept = a.Kept + b.Kept,
        Made = a.Made + b.Made,
        Lost = a.Lost + b.Lost,
    };
}

namespace Nonsmooth.Reliability.Ties;

/// <summary>How often one site of a program was on a kink.</summary>
/// <param name="Site">The node's name: <c>conv1.relu</c>.</param>
/// <param name="Function">Its function's name.</param>
/// <param name="Places">Elements of its result, over all runs: ReLU units, pooling windows.</param>
/// <param name="Ties">Those exactly on a kink: both zeros are one point, a place with a NaN has no tie.</param>
/// <param name="Arguments">Real numbers that went in.</param>
/// <param name="Zeros">Those exactly 0.</param>
/// <param name="NearTies">Places within some units in the last place of a kink, and not on it; null where they were not counted.</param>
/// <param name="Active">Ties that a nonzero cotangent reached, NaN included; null where no backprop passes the site.</param>
public sealed record TieCount(
    string Site, string Function, long Places, long Ties, long Arguments, long Zeros, long? NearTies, long? Active)
{
    /// <summary>The part of the places that is tied, from 0 to 1; 0 without places.</summary>
    public double TiedPart => Places > 0 ? (double)Ties / Places : 0;

    /// <summary>Both counts together, under the name of the first; what one of them lacks is lacking.</summary>
    public static TieCount operator +(TieCount a, TieCount b) => a with
    {
        Places = a.Places + b.Places,
        Ties = a.Ties + b.Ties,
        Arguments = a.Arguments + b.Arguments,
        Zeros = a.Zeros + b.Zeros,
        NearTies = a.NearTies + b.NearTies,
        Active = a.Active + b.Active,
    };
}

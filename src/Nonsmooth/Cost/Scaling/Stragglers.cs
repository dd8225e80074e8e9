using Nonsmooth.Randomness;

namespace Nonsmooth.Cost;

/// <summary>By what ranks are slower than planned: a factor of each rank that stays, and one that is drawn a rank and step.</summary>
public sealed record Stragglers
{
    private readonly double _spread;
    private readonly IReadOnlyList<double> _slow = [];

    /// <summary>σ of the logarithm of the drawn factor, which is lognormal with mean 1. Default 0: none is drawn.</summary>
    /// <exception cref="NonsmoothException">It is negative or not finite.</exception>
    public double Spread
    {
        get => _spread;
        init => _spread = double.IsFinite(value) && value >= 0 ? value : throw new NonsmoothException($"the spread of stragglers is {value}: give 0 or more, as 0.05");
    }

    /// <summary>Factors of the first ranks that stay; 1 for those after them. Default none.</summary>
    /// <exception cref="NonsmoothException">One is not positive.</exception>
    public IReadOnlyList<double> Slow
    {
        get => _slow;
        init => _slow = value.All(v => v > 0 && double.IsFinite(v)) ? value : throw new NonsmoothException("a rank's factor is not positive: give 1 for a rank as planned, 2 for one that takes twice as long");
    }

    /// <summary>The numbers drawn.</summary>
    public CounterRandom Random { get; init; } = new(1);

    /// <summary>A rank's factor in a step: the same however many ranks there are.</summary>
    public double Factor(int rank, int step)
    {
        double stays = rank < Slow.Count ? Slow[rank] : 1;
        return Spread == 0 ? stays : stays * Math.Exp((Spread * Random.Derive((ulong)step).Normal((ulong)rank)) - (Spread * Spread / 2));
    }
}

using System.Globalization;

namespace Nonsmooth.Bench.Cost;

/// <summary>How often a rule for choosing a mode chose the fastest one, and what it lost elsewhere.</summary>
internal sealed class ModeTally(string name)
{
    private readonly List<double> _regrets = [];
    private readonly List<double> _ofTwo = [];
    private readonly List<double> _apart = [];

    /// <summary>The rule.</summary>
    public string Name { get; } = name;

    /// <summary>A choice out of <paramref name="times"/>, the first two of which are forward and reverse.</summary>
    public void Add(int chosen, IReadOnlyList<PlanTime> times)
    {
        var best = times.MinBy(t => t.Seconds);
        double regret = (times[chosen].Seconds / best.Seconds) - 1;
        _regrets.Add(regret);
        _apart.Add(times[chosen].Overlaps(best) ? 0 : regret);
        if (chosen < 2)
        {
            _ofTwo.Add((times[chosen].Seconds / Math.Min(times[0].Seconds, times[1].Seconds)) - 1);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-22} fastest {Share(_regrets, 0),6}, with ties {Share(_apart, 0),6}, within 2 % {Share(_regrets, 0.02),6}, within 10 % {Share(_regrets, 0.1),6}; median regret {_regrets.Order().ElementAt(_regrets.Count / 2):P1}, most {_regrets.Max():P1}; of forward and reverse, where it took one ({_ofTwo.Count}), {Share(_ofTwo, 0)}");

    private static string Share(List<double> regrets, double most) =>
        string.Create(CultureInfo.InvariantCulture, $"{regrets.Count(r => r <= most) / (double)regrets.Count:P1}");
}

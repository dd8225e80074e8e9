using Nonsmooth.Randomness;

namespace Nonsmooth.Conservativity;

/// <summary>The points at which some variables are held at numbers and others are equal, or opposite, in groups.</summary>
internal sealed class AffinePlace : IPlace
{
    private static readonly double[] _shares = [0, 0.3, 0.7, 0.95];

    private readonly IDerivativeRule _rule;
    private readonly double[] _held;
    private readonly int[] _group;
    private readonly double[] _sign;

    /// <summary>Draws a place.</summary>
    public AffinePlace(IDerivativeRule rule, ref RandomSequence random)
    {
        int count = rule.Ranges.Count;
        (_rule, _held, _group, _sign) = (rule, new double[count], [.. Enumerable.Range(0, count)], [.. Enumerable.Repeat(1.0, count)]);
        double held = _shares[random.NextInt32(4)], tied = _shares[random.NextInt32(4)];
        var firsts = new int?[1 + random.NextInt32(3)];
        bool opposite = random.NextInt32(4) == 0;
        double? common = random.NextInt32(3) switch
        {
            0 => 0,
            1 => Kink(ref random),
            _ => null,
        };
        for (int i = 0; i < count; i++)
        {
            var (low, high) = rule.Ranges[i];
            double kink = common ?? Kink(ref random);
            int g = random.NextInt32(firsts.Length);
            bool flips = random.NextInt32(2) == 0;
            _held[i] = random.NextDouble() < held && kink >= low && kink <= high ? kink : double.NaN;
            if (random.NextDouble() < tied && double.IsNaN(_held[i]) && rule.Ranges[firsts[g] ??= i] == rule.Ranges[i])
            {
                _group[i] = firsts[g]!.Value;
                _sign[i] = opposite && flips && low == -high && _group[i] != i ? -1 : 1;
            }
        }
    }

    public string Name
    {
        get
        {
            int held = _held.Count(h => !double.IsNaN(h));
            int[] sizes = [.. Enumerable.Range(0, _group.Length).Where(i => double.IsNaN(_held[i])).GroupBy(i => _group[i]).Select(g => g.Count()).Where(c => c > 1)];
            return held == 0 && sizes.Length == 0
                ? "the whole space"
                : $"the points with {held} of {_held.Length} entries held and {(sizes.Length == 0 ? "none" : string.Join(" + ", sizes))} tied";
        }
    }

    public IReadOnlyList<IPath> Loop(ref RandomSequence random)
    {
        double[] a = Draw(ref random), b = Draw(ref random), c = Draw(ref random);
        return [new StraightPath(a, b), new StraightPath(b, c), new StraightPath(c, a)];
    }

    private double[] Draw(ref RandomSequence random)
    {
        var point = new double[_held.Length];
        for (int i = 0; i < point.Length; i++)
        {
            var (low, high) = _rule.Ranges[i];
            double number = low + ((high - low) * random.NextDouble());
            point[i] = !double.IsNaN(_held[i]) ? _held[i] : _group[i] == i ? number : _sign[i] * point[_group[i]];
        }

        return point;
    }

    private double Kink(ref RandomSequence random) => _rule.Kinks[random.NextInt32(_rule.Kinks.Count)];
}

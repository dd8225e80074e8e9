using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Ties;

/// <summary>Keeps the ties that the largest cotangents reach.</summary>
internal sealed class LargestTies(int count)
{
    private readonly PriorityQueue<ActiveTie, double> _kept = new();

    /// <summary>Those kept, the largest first.</summary>
    public IReadOnlyList<ActiveTie> Sorted => [.. _kept.UnorderedItems.OrderByDescending(t => t.Priority).Select(t => t.Element)];

    public void Offer(string site, int run, Shape shape, int place, double value, double cotangent)
    {
        double weight = TieReport.Weight(cotangent);
        if (_kept.Count == count && (!_kept.TryPeek(out _, out double least) || weight <= least))
        {
            return;
        }

        var tie = new ActiveTie(site, run, Index(shape, place), value, cotangent);
        if (_kept.Count < count)
        {
            _kept.Enqueue(tie, weight);
        }
        else
        {
            _kept.DequeueEnqueue(tie, weight);
        }
    }

    public void Clear() => _kept.Clear();

    private static int[] Index(Shape shape, int place)
    {
        var index = new int[shape.Rank];
        for (int a = index.Length - 1; a >= 0; a--)
        {
            (place, index[a]) = Math.DivRem(place, shape[a]);
        }

        return index;
    }
}

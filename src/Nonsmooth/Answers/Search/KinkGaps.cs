using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>How far the elements of a program's kinked nodes are from their kinks, where they do not tie.</summary>
internal sealed class KinkGaps
{
    private const int _kept = 8;

    private readonly PriorityQueue<KinkGap, double> _nearest = new();

    private KinkGaps()
    {
    }

    /// <summary>Those of a program without kinks.</summary>
    public static KinkGaps None { get; } = new();

    /// <summary>Elements with a kink, tied or not.</summary>
    public long Count { get; private set; }

    /// <summary>The smallest gaps, the smallest first.</summary>
    public IReadOnlyList<KinkGap> Nearest => [.. _nearest.UnorderedItems.Select(i => i.Element).OrderBy(g => g.Gap)];

    /// <summary>A gap that is not beyond what the rounding of the values can make; null without one.</summary>
    public KinkGap? Doubtful { get; private set; }

    public static KinkGaps Of(Program form, Point at, IReadOnlyList<string> names)
    {
        var gaps = new KinkGaps();
        var active = Differentiation.Activity.Of(form, names);
        foreach (var node in form.Nodes.Where(n => n.Arguments.Any(a => active[a])))
        {
            gaps.Add(node, at);
        }

        return gaps;
    }

    private void Add(Node node, Point at)
    {
        var kind = KinkKinds.Of(node.Function);
        switch (kind)
        {
            case KinkKind.Maximum or KinkKind.Minimum:
                var (a, b) = (at.Bounds(node.Arguments[0]), at.Bounds(node.Arguments[1]));
                for (int i = 0; i < a.Length; i++)
                {
                    // Infinite elements (a pool's padding) never win.
                    if (double.IsFinite(a[i].Value) && double.IsFinite(b[i].Value))
                    {
                        Add(node, i, a[i].Value - b[i].Value, a[i].Error + b[i].Error);
                    }
                }

                break;
            case KinkKind.Point:
                var points = KinkKinds.Points(node.Function);
                var x = at.Bounds(node.Arguments[0]);
                for (int i = 0; i < x.Length; i++)
                {
                    foreach (var kink in points)
                    {
                        Add(node, i, x[i].Value - kink.At, x[i].Error);
                    }
                }

                break;
            case KinkKind.Norm:
                var length = at.Bounds(node.Results[0]);
                for (int i = 0; i < length.Length; i++)
                {
                    Add(node, i, length[i].Value, length[i].Error);
                }

                break;
        }
    }

    private void Add(Node node, int element, double difference, double error)
    {
        Count++;
        if (difference == 0)
        {
            return;
        }

        var gap = new KinkGap(node.Name, element, Math.Abs(difference), error);
        if (!(gap.Gap > error))
        {
            Doubtful ??= gap;
        }

        _nearest.Enqueue(gap, -gap.Gap);
        if (_nearest.Count > _kept)
        {
            _nearest.Dequeue();
        }
    }
}

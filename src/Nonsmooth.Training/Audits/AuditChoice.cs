using Nonsmooth.Programs;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.Audits;

/// <summary>One arbitrary choice that an audit puts to the test: what a gradient would be if it were made otherwise.</summary>
/// <param name="Name">What it is called: the key's name, <c>max-pool-ties</c>.</param>
/// <param name="Topic">What is chosen, as the object of "depends on": <c>the slope of ReLU at 0</c>.</param>
/// <param name="Sides">Both choices, the used one first: <c>0 or 1</c>.</param>
/// <param name="Reference">The selection that is used.</param>
/// <param name="Other">The selection that might be used.</param>
public sealed record AuditChoice(string Name, string Topic, string Sides, Selection Reference, Selection Other)
{
    /// <summary>What the other selection takes at such a kink. Null where it depends on the kink, as for whole conventions.</summary>
    public PointLabel? Point { get; init; }

    /// <summary>What the other selection is as a rule. Null where it depends on the function.</summary>
    public RuleLabel? Rule { get; init; }

    /// <summary>Every choice that a program's functions declare, each changed alone in a selection.</summary>
    /// <param name="program">The program.</param>
    /// <param name="reference">The selection that is used.</param>
    /// <remarks>From the keys of its functions (<see cref="ElementaryFunction.Keys"/>) and what each says might be chosen instead: a key of a user's own is among them.</remarks>
    public static IReadOnlyList<AuditChoice> Of(Program program, Selection reference)
    {
        var readers = KinkSite.Nodes(program).SelectMany(n => n.Function.Keys.Select(k => (Key: k, n.Function)))
            .GroupBy(r => r.Key.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        return [.. readers.SelectMany(g => Of(g.First().Key, reference, [.. g.Select(r => r.Function)]))];
    }

    /// <summary>The choices of one key, each changed alone in a selection.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reference">The selection that is used.</param>
    /// <param name="readers">Functions that read it, which tell what the other rule takes at their kinks.</param>
    public static IReadOnlyList<AuditChoice> Of(SelectionKey key, Selection reference, params IReadOnlyList<ElementaryFunction> readers)
    {
        object used = key.RuleOf(reference);
        object[] others = [.. key.OtherRules.Append(key.DefaultRule).Where(r => !r.Equals(used)).Distinct()];
        bool isUsual = used.Equals(key.DefaultRule);
        return [.. others.Take(isUsual ? key.OtherRules.Count : 1).Select((rule, i) =>
        {
            var other = key.Set(reference, rule);
            return new AuditChoice(
                i == 0 ? key.Name : $"{key.Name}={rule}", key.Topic, isUsual && i == 0 ? key.Sides : $"{used} or {rule}", reference, other)
            {
                Point = PointOf(rule, [.. readers.SelectMany(f => f.KinkPoints(other).Where(k => k.Left != k.Right))]),
                Rule = readers.Count == 0 ? null : RuleOf(readers.Select(f => f.Grounds(other))),
            };
        })];
    }

    private static PointLabel? PointOf(object rule, IReadOnlyList<Kink> kinks) => rule switch
    {
        KinkRule when kinks.Count == 0 => null,
        KinkRule => kinks.Select(k => KinkRule.Of(k.Selected).AtPoint(k.Left, k.Right)).Max(),
        TieRule ties => ties.AtPoint(2),

        // As every entry of a vector: outside the unit ball, which is Clarke's set of a norm at 0, from two entries on.
        double entry => Math.Abs(entry) > Math.Sqrt(0.5) ? PointLabel.Neither : PointLabel.Clarke,
        _ => null,
    };

    private static RuleLabel RuleOf(IEnumerable<RuleGrounds?> grounds) =>
        grounds.All(g => g is { Holds: true }) ? RuleLabel.Conservative
            : grounds.Any(g => g is { Holds: false }) ? RuleLabel.NotConservative
            : RuleLabel.Untested;
}

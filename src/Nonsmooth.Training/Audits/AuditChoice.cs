using Nonsmooth.Selections;

namespace Nonsmooth.Training.Audits;

/// <summary>One arbitrary choice that an audit puts to the test: what a gradient would be if it were made otherwise.</summary>
/// <param name="Name">What it is called: <c>max-pool-ties</c>.</param>
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

    /// <summary>Choices by themselves, each changed alone in a selection. To add one: a row here, with the one-sided slopes at its kink.</summary>
    /// <param name="reference">The selection that is used.</param>
    public static IReadOnlyList<AuditChoice> Standard(Selection reference)
    {
        AuditChoice Slope(string name, string topic, string sides, KinkRule rule, double left, double right, Func<KinkRule, Selection> with) =>
            new(name, topic, sides, reference, with(rule)) { Point = rule.AtPoint(left, right), Rule = rule.Label(left, right) };

        AuditChoice Ties(string name, string topic, string sides, TieRule rule, Func<TieRule, Selection> with) =>
            new(name, topic, sides, reference, with(rule)) { Point = rule.AtPoint(2), Rule = rule.Label };

        return
        [
            Ties("max-pool-ties", "how tied elements of a pooling window share its gradient", "all to the first, or equally", TieRule.Average, rule => reference with { MaxPoolTies = rule }),
            Slope("relu-at-zero", "the slope of ReLU at 0", "0 or 1", 1, 0, 1, rule => reference with { ReluAtZero = rule }),
            Slope("relu6-at-bounds", "the slope of ReLU6 at 0 and 6", "0 or 1", 1, 0, 1, rule => reference with { Relu6AtBounds = rule }),
            Slope("clamp-at-bounds", "the slope of clamp at its bounds", "1 or 0", KinkRule.MinimalNorm, 0, 1, rule => reference with { ClampAtBounds = rule }),
            Slope("hardtanh-at-bounds", "the slope of hardtanh at its bounds", "0 or 1", KinkRule.Steepest, 0, 1, rule => reference with { HardtanhAtBounds = rule }),
            Slope("abs-at-zero", "the slope of the absolute value at 0", "0 or 1", 1, -1, 1, rule => reference with { AbsAtZero = rule }),
            Slope("leaky-relu-at-zero", "the slope of leaky ReLU at 0", "the left one or the right one", KinkRule.Right, 0.01, 1, rule => reference with { LeakyReluAtZero = rule }),
            Slope("elu-at-zero", "the slope of ELU and SELU at 0", "the left one or the right one", KinkRule.Right, 2, 1, rule => reference with { EluAtZero = rule, SeluAtZero = rule }),
            Ties("maximum-ties", "how equal arguments of maximum and minimum share the gradient", "a half each, or all to the first", TieRule.First, rule => reference with { MaximumTies = rule }),
            Ties("max-ties", "how elements that attain a maximum over axes share its gradient", "equally, or all to the first", TieRule.First, rule => reference with { ReduceMaximumTies = rule }),
            Ties("median-ties", "how elements that equal the median share its gradient", "all to the first, or equally", TieRule.Average, rule => reference with { MedianTies = rule }),
            Ties("cummax-ties", "how elements that attain a running maximum share its gradient", "all to the last, or equally", TieRule.Average, rule => reference with { CumulativeMaximumTies = rule }),
            // Of two entries and more outside the unit ball, which is Clarke's set there; the kink is one point.
            new("norm-at-zero", "the slope of a 2-norm at 0", "0, or 1 in every entry", reference, reference with { NormAtZero = 1 })
            {
                Point = PointLabel.Neither,
                Rule = RuleLabel.Conservative,
            },
        ];
    }
}

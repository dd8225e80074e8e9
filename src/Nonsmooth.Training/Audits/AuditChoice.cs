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

    /// <summary>Choices by themselves, each changed alone in a selection. To add one: a row here.</summary>
    /// <param name="reference">The selection that is used.</param>
    public static IReadOnlyList<AuditChoice> Standard(Selection reference)
    {
        AuditChoice Row(string name, string topic, string sides, Selection other, PointLabel point = PointLabel.Clarke) =>
            new(name, topic, sides, reference, other) { Point = point, Rule = RuleLabel.Conservative };
        return
        [
            Row("max-pool-ties", "how tied elements of a pooling window share its gradient", "all to the first, or equally", reference with { MaxPoolTies = TieRule.Average }),
            Row("relu-at-zero", "the slope of ReLU at 0", "0 or 1", reference with { ReluAtZero = 1 }),
            Row("relu6-at-bounds", "the slope of ReLU6 at 0 and 6", "0 or 1", reference with { Relu6AtBounds = 1 }),
            Row("clamp-at-bounds", "the slope of clamp at its bounds", "1 or 0", reference with { ClampAtBounds = KinkRule.MinimalNorm }),
            Row("hardtanh-at-bounds", "the slope of hardtanh at its bounds", "0 or 1", reference with { HardtanhAtBounds = KinkRule.Steepest }),
            Row("abs-at-zero", "the slope of the absolute value at 0", "0 or 1", reference with { AbsAtZero = 1 }),
            Row("leaky-relu-at-zero", "the slope of leaky ReLU at 0", "the left one or the right one", reference with { LeakyReluAtZero = KinkRule.Right }),
            Row("elu-at-zero", "the slope of ELU and SELU at 0", "the left one or the right one", reference with { EluAtZero = KinkRule.Right, SeluAtZero = KinkRule.Right }),
            Row("maximum-ties", "how equal arguments of maximum and minimum share the gradient", "a half each, or all to the first", reference with { MaximumTies = TieRule.First }),
            Row("max-ties", "how elements that attain a maximum over axes share its gradient", "equally, or all to the first", reference with { ReduceMaximumTies = TieRule.First }),
            Row("median-ties", "how elements that equal the median share its gradient", "all to the first, or equally", reference with { MedianTies = TieRule.Average }),
            Row("cummax-ties", "how elements that attain a running maximum share its gradient", "all to the last, or equally", reference with { CumulativeMaximumTies = TieRule.Average }),
            Row("norm-at-zero", "the slope of a 2-norm at 0", "0, or 1 in every entry", reference with { NormAtZero = 1 }, PointLabel.Neither),
        ];
    }
}

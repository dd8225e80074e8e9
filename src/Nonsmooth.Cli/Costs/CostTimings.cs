namespace Nonsmooth.Cli.Costs;

/// <summary>The two columns of time, in milliseconds: whoever predicts or measures fills them.</summary>
/// <param name="Predicted">What the calibrated machine model says.</param>
/// <param name="Measured">What the clock said, if it ran.</param>
internal sealed record CostTimings(Timing? Predicted, Timing? Measured)
{
    /// <summary>The totals, as scripts read them.</summary>
    public Milliseconds Totals => new(Measured?.Total.Forward, Measured?.Total.Backward, Predicted?.Total.Forward, Predicted?.Total.Backward);

    /// <summary>The same of one node.</summary>
    public Milliseconds? Of(string node) => new(
        Of(Measured, node)?.Forward, Of(Measured, node)?.Backward, Of(Predicted, node)?.Forward, Of(Predicted, node)?.Backward);

    private static Span? Of(Timing? timing, string node) => timing is { } t && t.Nodes.TryGetValue(node, out var span) ? span : null;
}

/// <summary>Times of a whole step and of the nodes that have any.</summary>
internal sealed record Timing(Span Total, IReadOnlyDictionary<string, Span> Nodes);

/// <summary>Milliseconds of the value and of the backward sweep alone.</summary>
internal readonly record struct Span(double Forward, double Backward);

/// <summary>Times in milliseconds; nothing where nobody predicted or measured.</summary>
internal sealed record Milliseconds(double? Forward, double? Backward, double? PredictedForward, double? PredictedBackward)
{
    public static Milliseconds operator +(Milliseconds left, Milliseconds right) => new(
        Sum(left.Forward, right.Forward),
        Sum(left.Backward, right.Backward),
        Sum(left.PredictedForward, right.PredictedForward),
        Sum(left.PredictedBackward, right.PredictedBackward));

    private static double? Sum(double? left, double? right) => left is null ? right : right is null ? left : left + right;
}

using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps.Rules;

/// <summary>A logarithm kept from −∞ by a tiny epsilon.</summary>
internal sealed class LogOfEpsilon : ITrapRule
{
    /// <inheritdoc/>
    public TrapKind Kind { get; } = new(
        "log-of-epsilon",
        "`log(clamp(p, 1e-12, 1))`, `log(relu(x) + 1e-12)`",
        "the value is safe, but the derivative reaches 1/ε = 1e12",
        "a larger epsilon, or logits with `LogSoftmax` or `Softplus`");

    /// <inheritdoc/>
    public Finding? Match(Node node, ProgramFacts facts)
    {
        return node.Function is Unary<Log> && facts.Ranges[node.Arguments[0]].Low is > 0 and var low && low * facts.Options.LargestSlope <= 1
            ? new(
                node.Results[0],
                $"{facts.Name(node.Arguments[0])} can be as small as its epsilon, whose inverse is the slope",
                "Use an epsilon of 1e-6 or more, or work on logits with LogSoftmax or Softplus.") { Large = true, At = low }
            : null;
    }

}

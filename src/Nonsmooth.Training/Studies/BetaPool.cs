using Nonsmooth.Reliability.Families;
using Nonsmooth.Selections;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>A network with β-pooling: what is trained, and what its backprop takes at ties.</summary>
/// <param name="Network">The network.</param>
/// <param name="Selection">What holds at kinks.</param>
/// <remarks>Source: reliability specification, 4.4 and F11.</remarks>
public sealed record BetaPool(Model Network, Selection Selection)
{
    /// <summary>The value is the maximum, and ties share by β·average + (1−β)·first: the derivative is changed, and nothing else.</summary>
    public static BetaPool Exact(Model network, double beta) =>
        new(network, Selection.Default with { MaxPoolTies = TieRule.Beta(beta) });

    /// <summary>As the published code has it: β·minimal(x) + (1−β)·native(x), whose value is rounded too (<see cref="PublishedBetaPool"/>).</summary>
    /// <exception cref="NonsmoothException">There is no max pooling, or the network computes otherwise in training than in inference.</exception>
    public static BetaPool Published(Model network, double beta)
    {
        var rewritten = NetworkRewrite.Of(network, $"{network.Name} with published β-pooling", p => PublishedBetaPool.Rewrite(p, beta));
        return new(rewritten, PublishedBetaPool.Selection(rewritten.Build(1).Loss));
    }
}

using Nonsmooth.Dictionary;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

/// <summary>What a forward pass of one example takes, by the conventions of the complexity specification, 7.5.</summary>
internal sealed record ForwardWork(long Parameters, long Dense, long Effective, long Relus, long PoolComparisons, long Attention)
{
    public static ForwardWork Of(Model network)
    {
        var flat = network.Build(1).Logits.Flatten();
        var (dense, effective, relus, comparisons, attention) = (0L, 0L, 0L, 0L, 0L);
        foreach (var node in flat.Nodes)
        {
            long results = flat.Types[node.Results[0]].Shape.Count64;
            if (node.Function is IMultiplyAdds multiplies)
            {
                long macs = multiplies.DenseMultiplyAdds(flat.ArgumentTypes(node));
                dense += macs;
                effective += multiplies.EffectiveMultiplyAdds(flat.ArgumentTypes(node));
                attention += node.Function is MatMul ? macs : 0;
            }

            relus += node.Function.Name == "relu" ? results : 0;
            comparisons += node.Function is MaxPool2d pool ? results * ((pool.Kernel[0] * pool.Kernel[1]) - 1) : 0;
        }

        return new ForwardWork(network.ParameterCount, dense, effective, relus, comparisons, attention);
    }
}

using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of pairs: a batch norm with the relu behind it, and the relu's gate with the norm's gradient.</summary>
internal static class NormalisationPairs
{
    public static void Register(List<FusedPair> pairs)
    {
        pairs.Add(new FusedPair((norm, relu) => norm.Function is BatchNorm && relu.Function is Unary<Relu>, NormThenRelu));
        pairs.Add(new FusedPair(IsGateThenNorm, GateThenNorm));
    }

    private static PairKernel NormThenRelu(Node norm, Node relu, LoweringContext context)
    {
        double epsilon = ((BatchNorm)norm.Function).Epsilon;
        int y = relu.Results[0];
        return values => NormalisationKernels.TryRows(norm, epsilon, y, values, context);
    }

    // The gate reads the relu's value, which tells 0 from below no more: only where both have slope 0.
    private static bool IsGateThenNorm(Node gate, Node norm) =>
        gate.Function is Gate { Slopes: { First: 0, HasSecond: false, Below: 0, AtFirst: 0, Between: 1 } }
        && norm.Function is BatchNormGradient && norm.Arguments[4] == gate.Results[0];

    private static PairKernel GateThenNorm(Node gate, Node norm, LoweringContext context)
    {
        double epsilon = ((BatchNormGradient)norm.Function).Epsilon;
        var (relu, cotangent) = (gate.Arguments[0], gate.Arguments[1]);
        return values => NormalisationKernels.TryRowsBack(norm, epsilon, values[cotangent], values[relu], values, context);
    }
}

using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Functions that are computed in 32 bits where values are held in 16, and results that stay in 32 bits.</summary>
/// <remarks>
/// libtorch's own 16-bit kernels of these add up, subtract or approximate in 16 bits: a bias of layer norm stops growing at
/// 512 rows, a token's embedding at 256. Statistics are kept wide between a norm and its gradient, as mixed precision does
/// elsewhere: a variance of 10⁵ is no number of binary16.
/// </remarks>
internal static class WideRows
{
    private static readonly HashSet<Type> _computed =
    [
        typeof(BatchNorm), typeof(BatchNormGradient), typeof(BatchNormInference), typeof(LayerNorm), typeof(LayerNormGradient),
        typeof(EmbeddingScatter), typeof(ScatterAdd), typeof(CumulativeSum), typeof(Resample),
        typeof(LogSumExp), typeof(LogSoftmax), typeof(LogSoftmaxGradient), typeof(Norm), typeof(NormPool2d), typeof(AvgPoolSpread), typeof(AvgPool2d),
        typeof(AdaptiveAvgPool2d), typeof(ConvTranspose2d), typeof(Unary<Erf>),
        typeof(Product), typeof(CumulativeProduct), typeof(Recurrence), typeof(PowerNorm),
    ];

    // Of these the processor has loops of our own.
    private static readonly HashSet<Type> _elsewhere = [typeof(MaxPoolScatter), typeof(CumulativeMaximumCotangent), typeof(GridSample), typeof(GridScatter)];

    /// <summary>Whether a function is computed in 32 bits.</summary>
    /// <param name="function">Its type.</param>
    /// <param name="ownLoops">Whether loops of our own run where there are some.</param>
    public static bool Has(Type function, bool ownLoops) => _computed.Contains(function) || (!ownLoops && _elsewhere.Contains(function));

    /// <summary>The results of a node that may stay in 32 bits: all behind the first of a norm.</summary>
    public static IEnumerable<int> Statistics(Node node) => node.Function is BatchNorm or LayerNorm ? node.Results.Skip(1) : [];

    /// <summary>The results of a node that stay in 32 bits where only functions computed in 32 bits use them: one axis resampled after the other.</summary>
    public static IEnumerable<int> Steps(Node node) => node.Function is Resample ? node.Results : [];
}

using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Images with channels varying fastest: which programs hold them so, and how their memory is made.</summary>
/// <remarks>
/// Convolutions run faster so, their gradients most. One convolution starts it: operators give results in the format of
/// what they take, so all that follows stays in it.
/// </remarks>
internal static class LastChannels
{
    // A vector's worth: with fewer channels libtorch's kernels for this format are the slower ones.
    private const int Block = 16;

    /// <summary>Whether every convolution of a program has channels for whole vectors; the images it starts from may have fewer.</summary>
    public static bool Win(Program program, ExecutionOptions options)
    {
        if (!options.Fused || !options.OwnLoops || options.Precision == Precision.Float64)
        {
            return false;
        }

        var weights = program.Nodes.Where(n => n.Function is Conv2d).Select(n => (((Conv2d)n.Function).Groups, program.Types[n.Arguments[1]].Shape)).ToArray();
        return weights.Length > 0 && Array.TrueForAll(weights, w => w is { Groups: 1, Shape: var s } && s[0] % Block == 0 && (s[1] % Block == 0 || s[1] < Block));
    }

    /// <summary>Whether a convolution of a fixed weight lays it out once: over two axes, for along one libtorch's own choice is as fast.</summary>
    public static bool Packs(LoweringContext context, int image) => context.Type(image).Shape is var x && x[2] > 1 && x[3] > 1;

    /// <summary>Whether one convolution of such a program runs so too: libtorch brings the weight into the format at each call.</summary>
    /// <param name="weight">The weight's elements.</param>
    /// <param name="images">The elements of what it reads or writes besides, all together.</param>
    public static bool Pay(long weight, long images) => images >= weight;

    /// <summary>Whether a tensor is [N, C, H, W] without gaps, channels fastest.</summary>
    public static bool Are(TensorHandle tensor)
    {
        var sizes = tensor.Sizes;
        var strides = tensor.Strides;
        return sizes.Length == 4 && strides[1] == 1 && strides[3] == sizes[1]
            && strides[2] == sizes[1] * sizes[3] && strides[0] == sizes[1] * sizes[3] * sizes[2];
    }

    /// <summary>Fresh memory of the format.</summary>
    public static TensorHandle Empty(ReadOnlySpan<long> sizes, TorchDtype dtype, Device device) =>
        TensorFactory.EmptyStrided(sizes, [sizes[1] * sizes[2] * sizes[3], 1, sizes[1] * sizes[3], sizes[1]], dtype, device);
}

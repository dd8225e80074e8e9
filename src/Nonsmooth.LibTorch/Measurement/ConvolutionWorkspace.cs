using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>What a convolution on the processor takes while it runs and gives back, in bytes.</summary>
/// <remarks>
/// libtorch hands most convolutions to oneDNN, which copies tensors into blocks of 16 channels (8 for the gradient of
/// the weight of a convolution of 4 to 15 channels), the last block filled up: 6 channels take the room of 16. Inputs of
/// few channels are read as they are. The others are products of matrices over the windows, written out for the
/// whole batch unless a window is one element. Which is which follows libtorch's own choice.
/// </remarks>
internal static class ConvolutionWorkspace
{
    private const int Block = 16;
    private const int SmallBlock = 8;
    private const int FewChannels = 3;
    private const int SmallInput = 20480;
    private const int LargeBatch = 16;

    /// <summary>0 for other functions.</summary>
    /// <param name="program">The program as it is executed.</param>
    /// <param name="node">A node of it.</param>
    /// <param name="options">How it is executed.</param>
    public static long Of(Program program, Node node, ExecutionOptions options) =>
        Sizes.Of(program, node) is { } sizes ? options.Storage.ElementSize() * Numbers(sizes) : 0;

    /// <summary>Whether it is a convolution that oneDNN does.</summary>
    public static bool IsBlocked(Program program, Node node) => Sizes.Of(program, node) is { } sizes && IsBlocked(sizes);

    private static bool IsBlocked(Sizes sizes)
    {
        var (_, x, w, _, stride, _, dilation, groups) = sizes;
        bool one = w[2] == 1 && w[3] == 1;
        bool worth = stride.Any(s => s != 1) || dilation.Any(d => d != 1) || x[0] >= LargeBatch || !one || LibTorchThreads.Count > 1;
        bool large = groups > 1 || (w[2] > 3 && w[3] > 3) || x[0] > 1 || x.Count64 > SmallInput;
        return worth && large;
    }

    private static long Numbers(Sizes sizes)
    {
        var (pass, x, w, y, stride, padding, _, groups) = sizes;
        if (!IsBlocked(sizes))
        {
            bool columns = w[2] != 1 || w[3] != 1 || stride.Any(s => s != 1) || padding.Any(p => p != 0);
            return columns ? (long)x[0] * w[1] * groups * w[2] * w[3] * y[2] * y[3] : 0;
        }

        if (groups > 1)
        {
            return x.Count64 + w.Count64 + y.Count64;
        }

        bool small = pass == Pass.Weight && x[1] > FewChannels && x[1] < Block;
        bool plain = pass switch
        {
            Pass.Value => x[1] < Block,
            Pass.Weight => x[1] <= FewChannels,
            _ => false,
        };
        int block = small ? SmallBlock : Block;
        long inner = plain ? x[1] : Up(x[1], block);
        long outer = Up(y[1], block);
        var (cx, cw, cy) = (plain ? 0 : Copy(x, inner), outer * inner * w[2] * w[3], Copy(y, outer));
        var (result, copy) = pass switch
        {
            Pass.Value => (y.Count64, cy),
            Pass.Input => (x.Count64, cx),
            _ => (w.Count64, cw),
        };

        // The result's own memory is touched last, when the arguments' copies are gone.
        return copy == 0 ? cx + cw + cy : Math.Max(cx + cw + cy - result, copy);
    }

    // A plane of one element lies in blocks already.
    private static long Copy(Shape tensor, long channels) =>
        tensor[2] == 1 && tensor[3] == 1 && channels == tensor[1] ? 0 : tensor[0] * channels * tensor[2] * tensor[3];

    private static long Up(long channels, int block) => (channels + block - 1) / block * block;

    private sealed record Sizes(Pass Pass, Shape X, Shape W, Shape Y, IntVector Stride, IntVector Padding, IntVector Dilation, int Groups)
    {
        public static Sizes? Of(Program program, Node node)
        {
            Shape Type(int value) => program.Types[value].Shape;
            return node.Function switch
            {
                Conv2d c => new(Pass.Value, Type(node.Arguments[0]), Type(node.Arguments[1]), Type(node.Results[0]), c.Stride, c.Padding, c.Dilation, c.Groups),
                ConvTranspose2d c => new(Pass.Input, Type(node.Results[0]), Type(node.Arguments[1]), Type(node.Arguments[0]), c.Stride, c.Padding, c.Dilation, c.Groups),
                Conv2dWeight c => new(Pass.Weight, Type(node.Arguments[0]), Type(node.Results[0]), Type(node.Arguments[1]), c.Stride, c.Padding, c.Dilation, c.Groups),
                _ => null,
            };
        }
    }

    private enum Pass
    {
        Value,
        Input,
        Weight,
    }
}

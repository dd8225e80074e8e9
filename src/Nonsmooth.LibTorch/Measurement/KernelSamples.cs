using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Execution.Kernels;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>From the nodes of an executed program to what their times are predicted from.</summary>
internal static class KernelSamples
{
    /// <summary>What kinds of kernels are called in programs that stay in the cache, the code that starts them too.</summary>
    public const string Hot = " hot";

    // Programs of fewer bytes stay there.
    private const double MostHot = 1 << 19;

    // Vectors of 16 single-precision numbers: channels are processed in blocks of that many.
    private const int Lanes = 16;

    /// <summary>One sample a node, in order.</summary>
    /// <param name="program">The program as it is executed.</param>
    /// <param name="hostNodes">Names of the nodes that the interpreter runs.</param>
    public static KernelSample[] Of(Program program, IReadOnlyList<string> hostNodes)
    {
        var walk = new CacheWalk(program);
        var host = hostNodes.ToHashSet(StringComparer.Ordinal);
        var samples = new KernelSample[program.Nodes.Count];
        bool isHot = sizeof(float) * program.Types.Sum(t => (double)t.Shape.Count64) < MostHot;

        // Kernels of images differ by where their channels are: each layout is a narrower kind of its own.
        string layout = LastChannels.Win(program, new ExecutionOptions()) ? "channels last" : "channels first";
        for (int n = 0; n < samples.Length; n++)
        {
            var node = program.Nodes[n];
            var (near, middle, far) = walk.Pass(n);
            double[] bytes = isHot ? [near + middle + far, 0, 0] : [near, middle, far];
            samples[n] = host.Contains(node.Name) ? Plain(program, node, ["host"], bytes)
                : walk.IsView(node) ? new KernelSample(["view"], [1], [])
                : node.Function switch
                {
                    Conv2d conv => Convolved(node, "conv2d", program, layout, bytes, 0, 1, 2, conv.Stride[0]),
                    ConvTranspose2d conv => Convolved(node, "conv_transpose2d", program, layout, bytes, 2, 1, 0, conv.Stride[0]),
                    Conv2dWeight conv => Convolved(node, "conv2d_weight", program, layout, bytes, 0, 2, 1, conv.Stride[0]),
                    Linear => Product(program, node, "linear", bytes, true),
                    MatMul product => Product(program, node, $"matmul {Letter(product.TransposeLeft)}{Letter(product.TransposeRight)}", bytes, product.TransposeRight),
                    _ when node.Arguments.Any(walk.IsStrided) => Plain(program, node, [$"{node.Function.Name} strided", node.Function.Name, "any"], bytes),
                    _ when node.Results.Any(r => program.Types[r].Shape.Rank == 4) => Plain(program, node, [$"{node.Function.Name} {layout}", node.Function.Name, "any"], bytes),
                    _ => Plain(program, node, [node.Function.Name, "any"], bytes),
                };
        }

        return isHot ? [.. samples.Select(s => s with { Kinds = [.. s.Kinds.Select(k => k + Hot), .. s.Kinds] })] : samples;
    }

    private static char Letter(bool transposed) => transposed ? 't' : 'n';

    // x, weight and y of the convolution that the node is an adjoint of: arguments 0 and 1, or 2 for the result.
    private static KernelSample Convolved(Node node, string name, Program program, string layout, double[] bytes, int x, int weight, int y, int stride)
    {
        var (from, kernel, to) = (Of(x), Of(weight), Of(y));
        int groups = Math.Max(1, from[1] / Math.Max(1, kernel[1]));
        double products = ((IMultiplyAdds)node.Function).EffectiveMultiplyAdds(program.ArgumentTypes(node));
        double padded = products * Up(kernel[1]) / kernel[1] * Up(kernel[0] / groups) / Math.Max(1, kernel[0] / groups);
        double plane = to[2] * (double)to[3];
        double weights = kernel.Count64;

        // Without oneDNN each image's windows are copied out, and its product reads all weights again.
        double windows = to[0] * plane * from[1] * kernel[2] * kernel[3];
        string size = $"{name} {kernel[2]}x{kernel[3]}";
        double[] position = [Octaves(from[1]), Octaves(to[1]), Octaves(plane), Octaves(from[0]), 2 * Octaves(stride), groups > 1 ? 8 : 0];
        return new KernelSample([$"{size} {layout}", size, $"{name} {layout}", name], [1, products, padded, weights, from.Count64 + to.Count64, windows, from[0] * weights, .. bytes], position);

        Shape Of(int which) => program.Types[which == 2 ? node.Results[0] : node.Arguments[which]].Shape;
        static double Up(int channels) => (channels + Lanes - 1) / Lanes * Lanes;
    }

    private static KernelSample Product(Program program, Node node, string name, double[] bytes, bool rightTransposed)
    {
        var right = program.Types[node.Arguments[1]].Shape;
        var result = program.Types[node.Results[0]].Shape;
        double products = ((IMultiplyAdds)node.Function).DenseMultiplyAdds(program.ArgumentTypes(node));
        double columns = result[^1];
        double inner = rightTransposed ? right[^1] : right[^2];
        double batch = right.Rank > 2 ? right[..^2].Count64 : 1;
        double rows = result.Count64 / Math.Max(1, columns * batch);
        string kind = batch > 1 ? $"{name} batched" : name;
        return new KernelSample(
            [kind, name, "product"],
            [1, products, rows * inner * batch, inner * columns * batch, result.Count64, .. bytes],
            [Octaves(rows), Octaves(columns), Octaves(inner), Octaves(batch)]);
    }

    private static KernelSample Plain(Program program, Node node, IReadOnlyList<string> kinds, double[] bytes)
    {
        double results = node.Results.Sum(r => (double)program.Types[r].Shape.Count64);
        var widest = node.Arguments.Concat(node.Results).Select(v => program.Types[v].Shape).MaxBy(s => s.Count64)!;
        return new KernelSample(
            kinds,
            [1, results, Work(program, node), .. bytes],
            [Octaves(widest.Count64), Octaves(widest.Rank == 0 ? 1 : widest[^1])]);
    }

    private static double Work(Program program, Node node)
    {
        try
        {
            return node.Function.Count(program.ArgumentTypes(node)).Total;
        }
        catch (NotSupportedException)
        {
            // A function that states no cost: its bytes must do.
            return 0;
        }
    }

    private static double Octaves(double size) => Math.Log2(Math.Max(1, size));
}

using static Nonsmooth.Tests.Cost.BruteForce.CountedCase;

namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>Pools and norms.</summary>
internal static class PoolingCases
{
    private static readonly (string, TensorType)[] _planes = [("x", new Shape(2, 3, 7, 6)), ("w", new Shape(3)), ("b", new Shape(3))];

    public static IEnumerable<CountedCase> All()
    {
        yield return Pool("max_pool2d 2", x => MaxPool2d(x, 2));
        yield return Pool("max_pool2d 3 stride 2 padding 1", x => MaxPool2d(x, 3, 2, 1));
        yield return Pool("max_pool2d overlapping, dilated", x => MaxPool2d(x, 2, 1, 0, 2));
        yield return Pool("max_pool2d ceil", x => MaxPool2d(x, (2, 4), ceilMode: true));
        yield return Pool("avg_pool2d 2", x => AvgPool2d(x, 2));
        yield return Pool("avg_pool2d padded", x => AvgPool2d(x, 3, 2, 1));
        yield return Pool("avg_pool2d padded, padding not counted", x => AvgPool2d(x, 3, 2, 1, false));
        yield return Pool("avg_pool2d ceil", x => AvgPool2d(x, (3, 2), ceilMode: true));
        yield return Pool("adaptive_avg_pool2d 1", x => AdaptiveAvgPool2d(x, 1));
        yield return Pool("adaptive_avg_pool2d 3 by 4", x => AdaptiveAvgPool2d(x, (3, 4)));
        foreach (string wanted in new[] { "x w b", "w b", "x" })
        {
            yield return Of($"batch_norm, {wanted} active", wanted, _planes, v => Relu(BatchNorm(v("x"), v("w"), v("b"))));
            yield return Of(
                $"layer_norm, {wanted} active",
                wanted,
                [("x", new Shape(4, 6)), ("w", new Shape(6)), ("b", new Shape(6))],
                v => Gelu(LayerNorm(v("x"), v("w"), v("b"))));
        }

        yield return Of(
            "batch_norm_inference",
            "x w b",
            [.. _planes, ("m", new Shape(3)), ("s", new Shape(3))],
            v => BatchNormInference(v("x"), v("w"), v("b"), v("m"), v("s")));
        yield return Of(
            "conv2d, batch_norm, max_pool2d with the image inactive",
            "k w b",
            [.. _planes, ("k", new Shape(3, 3, 3, 3))],
            v => MaxPool2d(Relu(BatchNorm(Conv2d(v("x"), v("k"), null, 1, 1), v("w"), v("b"))), 2));
    }

    private static CountedCase Pool(string name, Func<Variable, Variable> pool) => Of(name, "x", [_planes[0]], v => pool(v("x")));
}

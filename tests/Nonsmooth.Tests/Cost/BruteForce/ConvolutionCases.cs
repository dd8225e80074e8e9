using static Nonsmooth.Tests.Cost.BruteForce.CountedCase;

namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>Convolutions and transposed ones: groups, strides, paddings, dilations, what is active.</summary>
internal static class ConvolutionCases
{
    private const int Channels = 4;
    private static readonly Shape _planes = new(2, Channels, 7, 6);

    public static IEnumerable<CountedCase> All()
    {
        (Pair Stride, Pair Padding, Pair Dilation)[] forms =
            [(1, 0, 1), (1, 1, 1), (2, 1, 1), (1, 2, 2), ((2, 1), (0, 1), (1, 2)), (3, 2, 1)];
        foreach (int groups in new[] { 1, 2, Channels })
        {
            foreach (var (stride, padding, dilation) in forms)
            {
                yield return Of(
                    $"conv2d groups {groups} stride {stride} padding {padding} dilation {dilation}",
                    "x w b",
                    [("x", _planes), ("w", new Shape(8, Channels / groups, 3, 2)), ("b", new Shape(8))],
                    v => Relu(Conv2d(v("x"), v("w"), v("b"), stride, padding, dilation, groups)));
            }

            foreach (var (stride, padding, rest, dilation) in new[] { (1, 0, 0, 1), (2, 1, 1, 1), (2, 1, 0, 2), (3, 2, 2, 1) })
            {
                yield return Of(
                    $"conv_transpose2d groups {groups} stride {stride} padding {padding} output padding {rest} dilation {dilation}",
                    "x w b",
                    [("x", new Shape(2, Channels, 4, 3)), ("w", new Shape(Channels, 6 / Math.Min(groups, 2), 3, 3)), ("b", new Shape(6 / Math.Min(groups, 2) * groups))],
                    v => ConvTranspose2d(v("x"), v("w"), v("b"), stride, padding, rest, dilation, groups));
            }

            foreach (string wanted in new[] { "x", "w", "b", "x b" })
            {
                yield return Of(
                    $"conv2d groups {groups}, only {wanted} active",
                    wanted,
                    [("x", _planes), ("w", new Shape(4, Channels / groups, 3, 3)), ("b", new Shape(4))],
                    v => Conv2d(v("x"), v("w"), v("b"), 1, 1, 1, groups));
            }
        }

        foreach (string wanted in new[] { "x", "w" })
        {
            yield return Of(
                $"conv_transpose2d, only {wanted} active",
                wanted,
                [("x", new Shape(1, 4, 3, 3)), ("w", new Shape(4, 2, 2, 2))],
                v => ConvTranspose2d(v("x"), v("w"), null, 2));
        }
    }
}

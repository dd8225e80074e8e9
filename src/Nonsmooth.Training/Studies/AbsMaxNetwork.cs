using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>A small depthwise-separable classifier whose weights are quantised in training, each channel scaled by its largest magnitude.</summary>
/// <remarks>
/// A channel's scale is max|w| / n with n = 2^(bits − 1) − 1, taken as a constant; w / scale is clamped to ±n and rounded straight through. The largest weight of
/// a channel is at ±n, but for the rounding of two divisions: whether it gets a gradient is what is selected at the bounds of clamp.
/// </remarks>
public static class AbsMaxNetwork
{
    // A channel of zeros must not divide by 0.
    private const double _leastScale = 1e-8;

    /// <summary>The network: 3×3 to 16 channels, two depthwise 3×3 with pointwise convolutions to 32, the mean over the plane, a linear layer.</summary>
    /// <param name="bits">Bits of a weight, 2 to 8.</param>
    /// <param name="input">The shape of an example; 1×28×28 if not given.</param>
    /// <param name="classes">Logits.</param>
    /// <exception cref="NonsmoothException">The bits are out of range.</exception>
    public static Model Create(int bits, ImageShape? input = null, int classes = 10)
    {
        if (bits is < 2 or > 8)
        {
            throw new NonsmoothException($"weights of {bits} bits: give 2 to 8");
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"absmax-int{bits}");
        return Classifier.Of(name, input ?? new ImageShape(1, 28, 28), classes, (network, x) =>
        {
            x = Convolution(network, "conv1", bits, x, 16, kernel: 3, stride: 2);
            x = Convolution(network, "depth1", bits, x, 16, kernel: 3, stride: 2, groups: 16);
            x = Convolution(network, "point1", bits, x, 32, kernel: 1);
            x = Convolution(network, "depth2", bits, x, 32, kernel: 3, stride: 2, groups: 32);
            x = Convolution(network, "point2", bits, x, 32, kernel: 1).Mean(2, 3);
            using (network.Scope("fc"))
            {
                var usual = Initializer.FanIn(x.Shape[^1]);
                var w = network.Parameter("weight", new Shape(classes, x.Shape[^1]), usual);
                return Functions.Linear(x, Quantised(network, w, bits), network.Parameter("bias", new Shape(classes), usual, decays: false));
            }
        });
    }

    private static Variable Convolution(
        NetworkBuilder network, string name, int bits, Variable x, int channels, int kernel, int stride = 1, int groups = 1)
    {
        using (network.Scope(name))
        {
            int inputs = x.Shape[1] / groups;
            var usual = Initializer.FanIn((long)inputs * kernel * kernel);
            var w = network.Parameter("weight", new Shape(channels, inputs, kernel, kernel), usual);
            var b = network.Parameter("bias", new Shape(channels), usual, decays: false);
            return Functions.Relu(Functions.Conv2d(x, Quantised(network, w, bits), b, stride, kernel / 2, groups: groups));
        }
    }

    private static Variable Quantised(NetworkBuilder network, Variable w, int bits) => network.Within("quantise", () =>
    {
        int largest = (1 << (bits - 1)) - 1;
        int[] inner = [.. Enumerable.Range(1, w.Shape.Rank - 1)];
        var scale = network.Within("scale", () =>
        {
            var magnitude = Functions.Abs(StopGradient.Of(w)).Max(keepAxes: true, inner);

            // A true division, as frameworks make it: by the reciprocal the largest weight would miss its bound more often.
            return Functions.Clamp(Functions.Divide(magnitude, w.Builder.Apply(new Fill(magnitude.Shape, largest))), _leastScale);
        });
        return StraightThroughRound.Of(Functions.Clamp(w / scale, -largest, largest)) * scale;
    });
}

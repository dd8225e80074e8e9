using Nonsmooth.Dictionary;
using Nonsmooth.Pretrained.Adapters;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>Adds adapters to what a linear layer makes.</summary>
internal static class LowRankLayer
{
    /// <param name="network">The network under construction, in the layer's scope.</param>
    /// <param name="how">The adapters.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="targets">Those that match it, at least one.</param>
    /// <param name="x">What the layer takes.</param>
    /// <param name="y">What it makes.</param>
    public static Variable Adapt(
        NetworkBuilder network, LowRank how, string layer, IReadOnlyList<LowRankTarget> targets, Variable x, Variable y)
    {
        var (axis, outputs) = (y.Shape.Rank - 1, y.Shape[^1]);
        int count = targets.Min(t => t.Parts);
        int[] parts = [.. targets.Where(t => t.Parts == count).Select(t => t.Part).Distinct().Order()];
        if (outputs % count != 0 || targets.Any(t => t.Parts != count && count > 1))
        {
            throw new NonsmoothException(
                $"linear layer '{layer}' has {outputs} outputs, which lora-on does not cut into equal parts of one kind: give a divisor of {outputs}");
        }

        var dropped = network.Dropout(x, how.Dropout);
        if (count == 1)
        {
            return y + Update(network, how, dropped, outputs, "");
        }

        int width = outputs / count;
        var pieces = new Variable[count];
        for (int i = 0; i < count; i++)
        {
            var piece = y.Slice(axis, i * width, (i + 1) * width);
            pieces[i] = parts.Contains(i) ? piece + Update(network, how, dropped, width, FormattableString.Invariant($".{i}")) : piece;
        }

        return Functions.Concatenate(axis, pieces);
    }

    private static Variable Update(NetworkBuilder network, LowRank how, Variable x, int outputs, string part)
    {
        int inputs = x.Shape[^1];
        var first = network.Adapter(LowRank.First + part, new Shape(how.Rank, inputs), Initializer.FanIn(inputs));
        var second = network.Adapter(LowRank.Second + part, new Shape(outputs, how.Rank), Initializer.Zero);

        return LowRankUpdate.Of(x, first, second, how.Scale);
    }
}

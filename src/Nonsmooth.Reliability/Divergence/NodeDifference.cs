using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Divergence;

/// <summary>Compares the results of one node in two runs.</summary>
internal static class NodeDifference
{
    /// <summary>The difference, or null where every result is within the tolerance; NaN equals NaN, and zeros are equal.</summary>
    public static DivergedNode? Of(Node own, TorchTensor[] results, Node other, CompiledProgram run, double tolerance)
    {
        for (int r = 0; r < results.Length; r++)
        {
            double[] a = Wide(results[r]);
            using var peeked = run.Peek(other.Results[r]);
            double[] b = Wide(peeked);
            long differing = 0;
            long first = -1;
            double difference = 0;
            double squares = 0;
            for (int i = 0; i < a.Length; i++)
            {
                squares += a[i] * a[i];
                if (a[i] != b[i] && !(double.IsNaN(a[i]) && double.IsNaN(b[i])))
                {
                    differing++;
                    first = first < 0 ? i : first;
                    difference += (a[i] - b[i]) * (a[i] - b[i]);
                }
            }

            double relative = differing == 0 ? 0 : Math.Sqrt(difference) / Math.Sqrt(squares);

            // Written so that a NaN counts as a difference.
            if (differing > 0 && !(relative <= tolerance))
            {
                return new DivergedNode(own.Name, Text(own, other), Text(other, own), r, first, a[first], b[first], differing, relative, false);
            }
        }

        return null;
    }

    private static double[] Wide(TorchTensor tensor)
    {
        using var wide = tensor.To(TorchDtype.Float64);
        return wide.ToArray<double>();
    }

    // Of long attributes only what differs is worth reading.
    private static string Text(Node node, Node other)
    {
        var (own, theirs) = (node.Function.Attributes, other.Function.Attributes);
        if (own == theirs)
        {
            return node.Function.Name;
        }

        int same = own.Zip(theirs).TakeWhile(c => c.First == c.Second).Count();
        int from = own.LastIndexOf(", ", Math.Max(0, same - 1), StringComparison.Ordinal);
        return $"{node.Function.Name}[{(from < 0 ? own : own[(from + 2)..])}]";
    }
}

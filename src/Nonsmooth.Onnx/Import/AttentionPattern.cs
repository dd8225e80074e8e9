using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Softmax of scaled scores times values, as exporters write attention out: one function, where its mask is none or the causal one.</summary>
internal static class AttentionPattern
{
    // What hides a score is −∞, or the least float in its place.
    private const double Least = -1e30;

    /// <summary>The attention whose last product a node is; null where it is none.</summary>
    public static Variable? Of(NodeContext n)
    {
        var scope = n.Scope;
        string shares = n.Node.Inputs[0];

        // Rows that see nothing are guarded against; in the causal mask there are none.
        if (scope.Made(shares, "Where") is { Inputs: [var test, _, var guarded] } && scope.Made(test, "IsNaN") is { Inputs: [var tested] } && tested == guarded)
        {
            shares = guarded;
        }

        int rank = n.Shape(0).Rank;
        if (scope.Made(shares, "Softmax") is not { } softmax || !IsLast(softmax, rank, n.Version))
        {
            return null;
        }

        string scores = softmax.Inputs[0];
        bool isCausal = Unmasked(scope, ref scores, n.Shape(0));
        if (!isCausal && scores != softmax.Inputs[0])
        {
            return null;
        }

        double factor = Unscaled(scope, ref scores);
        if (scope.Made(scores, "MatMul") is not { Inputs: [var q, var k] })
        {
            return null;
        }

        factor *= Unscaled(scope, ref q) * Unscaled(scope, ref k);
        if (Value(scope, q) is not { } queries || Value(scope, k) is not { } keys || n[1] is not Traced { Kind: ElementKind.Real } values
            || new[] { queries.Shape.Rank, keys.Shape.Rank, values.Shape.Rank }.Any(r => r != rank)
            || rank < 3 || !queries.Shape[..^2].Equals(keys.Shape[..^2]) || !queries.Shape[..^2].Equals(values.Shape[..^2]))
        {
            return null;
        }

        return Functions.Attention(n.Any(queries), n.Any(keys).Transpose(), n.Any(values), isCausal, factor);
    }

    private static bool IsLast(OnnxNode softmax, int rank, long version) =>
        (softmax.Attributes.FirstOrDefault(a => a.Name == "axis")?.Integer ?? (version < 13 ? 1 : -1)) is var axis && (axis == -1 || axis == rank - 1);

    private static Traced? Value(ImportScope scope, string name) => scope.TryGet(name, out var value) && value is Traced { Kind: ElementKind.Real } traced ? traced : null;

    private static double Number(ImportScope scope, string name) =>
        scope.TryGet(name, out var value) && value is Known { Value: Tensor<double> { Elements: [var number] } } ? number : double.NaN;

    /// <summary>Takes a constant factor off a value, and says which it was.</summary>
    private static double Unscaled(ImportScope scope, ref string name)
    {
        if (scope.Made(name, "Mul") is { Inputs: [var a, var b] })
        {
            var (value, number) = double.IsNaN(Number(scope, b)) ? (b, Number(scope, a)) : (a, Number(scope, b));
            if (!double.IsNaN(number))
            {
                name = value;
                return number;
            }
        }

        if (scope.Made(name, "Div") is { Inputs: [var c, var d] } && !double.IsNaN(Number(scope, d)))
        {
            name = c;
            return 1 / Number(scope, d);
        }

        return 1;
    }

    /// <summary>Takes the causal mask off scores; false, with another name, where there is another mask.</summary>
    private static bool Unmasked(ImportScope scope, ref string scores, Shape shape)
    {
        if (scope.Made(scores, "Add") is { Inputs: [var a, var b] })
        {
            var (sum, mask) = scope.TryGet(b, out var right) && right is Known ? (a, right) : (b, scope.TryGet(a, out var left) ? left : null);
            scores = sum;
            return mask is Known { Value: Tensor<double> reals } && IsCausal(reals.Shape, shape, i => reals[i] == 0, i => reals[i] <= Least);
        }

        if (scope.Made(scores, "Where") is { Inputs: [var condition, var yes, var no] } && scope.TryGet(condition, out var known) && known is Known { Value: Tensor<bool> hides })
        {
            bool hidden = Number(scope, yes) <= Least;
            scores = hidden ? no : yes;
            return (hidden || Number(scope, no) <= Least) && IsCausal(hides.Shape, shape, i => hides[i] != hidden, i => hides[i] == hidden);
        }

        return false;
    }

    private static bool IsCausal(Shape mask, Shape scores, Func<int, bool> seen, Func<int, bool> hidden)
    {
        var (rows, columns) = (scores[^2], scores[^1]);
        return mask.Rank >= 2 && mask.Count64 == (long)rows * columns && mask[^1] == columns && mask[^2] == rows && rows == columns
            && Enumerable.Range(0, rows * columns).All(i => i % columns <= i / columns ? seen(i) : hidden(i));
    }
}

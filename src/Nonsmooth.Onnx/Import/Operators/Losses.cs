using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Losses that ONNX has as operators.</summary>
internal static class Losses
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("NegativeLogLikelihoodLoss", n => Picked(n, n.Real(0))),
        Row.Many("SoftmaxCrossEntropyLoss", CrossEntropy),
    ];

    private static IReadOnlyList<ImportValue?> CrossEntropy(NodeContext n)
    {
        var log = Functions.LogSoftmax(n.Real(0), 1);
        return [n.Result(Picked(n, log)), n.Wants(1) ? n.Result(log) : null];
    }

    // x [N, C, d…], targets [N, d…].
    private static Variable Picked(NodeContext n, Variable x)
    {
        var target = n.Any(1);
        var shape = target.Shape;
        Variable? counts = null;
        if (n.HasAttribute("ignore_index"))
        {
            var ignored = Functions.Equal(target, Integers.Number(n.Builder, n.Attribute("ignore_index", 0)));
            target = Functions.Where(ignored, Integers.Number(n.Builder, 0), target);
            counts = Functions.Cast(Functions.Not(ignored), ElementKind.Real);
        }

        int[] axes = [0, .. Enumerable.Range(2, x.Shape.Rank - 2), 1];
        var rows = x.Shape.Rank == 2 ? x : x.Transpose(axes);
        var picked = Functions.Gather(rows, Functions.Wrapped(target, x.Shape[1]).Reshape(shape.Concat(new Shape(1))), shape.Rank).Reshape(shape);
        if (n.Has(2))
        {
            var weights = Functions.Embedding(n.Real(2).Reshape(new Shape(x.Shape[1], 1)), Functions.Wrapped(target, x.Shape[1])).Reshape(shape);
            counts = counts is null ? weights : counts * weights;
        }

        var losses = counts is null ? -picked : Functions.Where(Functions.Equal(counts, 0), 0, -picked) * counts;
        return n.Text("reduction", "mean") switch
        {
            "none" => losses,
            "sum" => losses.Sum(),
            _ => counts is null ? losses.Mean() : losses.Sum() / counts.Sum(),
        };
    }
}

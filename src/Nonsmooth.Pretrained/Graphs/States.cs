using Nonsmooth.Dictionary;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Aten;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>Operators that change a state, stop a gradient, or change nothing but how numbers are stored.</summary>
internal static class States
{
    public static IEnumerable<(string Name, Func<GraphCall, IReadOnlyList<object?>> Rule)> Rows =>
    [
        ("aten.batch_norm", BatchNorm),
        ("aten.detach", call => [Detached(call, call[0])]),
        ("aten.to", call => [Cast(call)]), ("aten._to_copy", call => [Cast(call)]), ("aten.type_as", call => [Cast(call)]),
        ("aten.lift_fresh_copy", call => [call[0]]), ("aten.lift_fresh", call => [call[0]]), ("aten.clone", call => [call[0]]), ("aten.alias", call => [call[0]]), ("aten.contiguous", call => [call[0]]),
        ("aten.copy", call => [Copied(call)]),
    ];

    /// <summary>Whether a batch norm of a graph is in training mode.</summary>
    public static bool MoveIn(ArchiveGraph graph) =>
        graph.Nodes.Any(n => (NodeTarget.Of(n.Target) is { IsAten: true, Base: "batch_norm" } && n.Arguments.Any(a => a is { Name: "training", Value: true })) || n.Arguments.Any(a => a.Value is ArchiveGraph inner && MoveIn(inner)));

    /// <summary>A value through which no gradient passes.</summary>
    public static object? Detached(GraphCall call, object? value)
    {
        if (value is not Variable { Type.Kind: ElementKind.Real } x)
        {
            return value;
        }

        call.Importer.Note(ArchiveNoteKind.Detached, call.Node.Name, "no gradient passes a detached value: what PyTorch returns is then the gradient of another function where the value varies");
        return x.Builder.Apply(new Unary<Detach>(default), x);
    }

    // What the archive says comes out: types that programs do not tell apart are the same.
    private static object? Cast(GraphCall call)
    {
        if (call.Node.Results is not [{ } name] || !call.Scope.Graph.Types.TryGetValue(name, out var type))
        {
            return call[0];
        }

        var kind = type.Type.Kind();
        return call[0] switch
        {
            Variable v => F.Cast(v, kind),
            Known { Value: Tensor<long> l } when kind == ElementKind.Real => new Known(Tensor.Of(l.Shape, Array.ConvertAll(l.Elements, x => (double)x))),
            Known { Value: Tensor<long> l } when kind == ElementKind.Boolean => new Known(Tensor.Of(l.Shape, Array.ConvertAll(l.Elements, x => x != 0))),
            Known { Value: Tensor<bool> b } when kind == ElementKind.Real => new Known(Tensor.Of(b.Shape, Array.ConvertAll(b.Elements, x => x ? 1.0 : 0))),
            Known { Value: Tensor<bool> b } when kind == ElementKind.Index => new Known(Tensor.Of(b.Shape, Array.ConvertAll(b.Elements, x => x ? 1L : 0))),
            Known { Value: Tensor<double> or Tensor<float> } k when kind != ElementKind.Real => F.Cast(call.Importer.AsVariable(k), kind),
            var same => same,
        };
    }

    private static object? Copied(GraphCall call) => call[1] switch
    {
        Known k when k.Value.Shape.Equals(call.Shape(0)) => k,
        var source => Broadcasting.To(call.Importer.AsVariable(source), call.Shape(0)),
    };

    // In training mode the statistics of the batch move the running ones, which are the node's third and fourth arguments.
    private static IReadOnlyList<object?> BatchNorm(GraphCall call)
    {
        var x = call.Importer.AsVariable(call[0]);
        var channels = x.Shape.Rank > 1 ? new Shape(x.Shape[1]) : throw new ArchiveException($"it takes N×C×…, given {x.Shape}");
        var weight = Parameter(1, 1);
        var bias = Parameter(2, 0);
        bool isTraining = (call[5] is true && !(call.Importer.IsEvaluation && call[4] is not null)) || call[3] is null;
        double epsilon = Real(7);
        if (!isTraining)
        {
            return [F.BatchNormInference(x, weight, bias, call.Importer.AsVariable(call[3]), call.Importer.AsVariable(call[4]), epsilon)];
        }

        var results = x.Builder.ApplyAll(new BatchNorm(epsilon), x, weight, bias);
        if (call[3] is not null && call[4] is not null)
        {
            double momentum = Real(6), count = x.Shape.Count64 / Math.Max(1, channels[0]);
            Move(3, results[1], momentum, 1);
            Move(4, results[2], momentum, count / Math.Max(1, count - 1));
        }

        return [results[0]];

        Variable Parameter(int index, double otherwise) => call[index] is null ? x.Builder.Apply(new Fill(channels, otherwise)) : call.Importer.AsVariable(call[index]);

        double Real(int index) => GraphCall.Number(call[index]) switch
        {
            double d => d,
            long l => l,
            _ => throw new ArchiveException($"argument {index} is no number"),
        };

        void Move(int index, Variable batch, double momentum, double correction)
        {
            var running = call.Importer.AsVariable(call[index]);
            var next = F.Add(F.Scale(running, 1 - momentum), F.Scale(x.Builder.Apply(new Unary<Detach>(default), batch), momentum * correction));
            if (call.Node.Arguments[index].Value is ValueName name)
            {
                call.Scope.Overwrite(name.Name, null, next);
            }
        }
    }
}

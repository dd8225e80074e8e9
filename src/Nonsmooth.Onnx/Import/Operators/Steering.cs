using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Choices, loops and lists: folded and unrolled.</summary>
internal static class Steering
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Structural("If", If), Structural("Loop", Loop), Structural("Scan", Scan),
        Structural("SequenceConstruct", n => [new Several([.. Enumerable.Range(0, n.Count).Select(i => n[i])], n[0].Stored)]),
        Structural("SequenceEmpty", n => [new Several([], (OnnxDataType)n.Attribute("dtype", 1))]),
        Structural("SequenceAt", n => [List(n, 0).Items[Place(n, 1, List(n, 0).Items.Count - 1)]]),
        Structural("SequenceLength", n => [Known.Scalar(List(n, 0).Items.Count)]),
        Structural("SequenceInsert", Insert), Structural("SequenceErase", Erase),
        Structural("SplitToSequence", SplitToSequence), Structural("ConcatFromSequence", ConcatFromSequence),
        Structural("Optional", n => [n.Count == 0 || !n.Has(0) ? new Absent() : n[0]]),
        Structural("OptionalHasElement", n => [n.Has(0) && n[0] is Foreign ? throw new Refusal("it asks for an optional input, which programs do not have") : new Known(Tensor.Of(Shape.Scalar, [n.Has(0)]), OnnxDataType.Bool)]),
        Structural("OptionalGetElement", n => [n[0]]),
    ];

    private static OperatorRow Structural(string op, Func<NodeContext, IReadOnlyList<ImportValue?>> rule) => Row.Many(op, rule) with { IsStructural = true };

    public static Several List(NodeContext n, int argument) => n[argument] switch
    {
        Several several => several,
        Foreign => throw new Refusal("it reads an input that is a sequence, which programs do not have"),
        _ => throw new OnnxException($"argument {argument} is no sequence"),
    };

    private static int Place(NodeContext n, int argument, int last)
    {
        long at = n.Integer(argument);
        at = at < 0 ? at + last + 1 : at;
        return at >= 0 && at <= last ? (int)at : throw new OnnxException($"place {at} is none of a sequence of {last + 1}");
    }

    private static IReadOnlyList<ImportValue?> Insert(NodeContext n)
    {
        var items = List(n, 0).Items.ToList();
        long at = n.Has(2) ? n.Integer(2) : items.Count;
        at = at < 0 ? at + items.Count : at;
        items.Insert(at >= 0 && at <= items.Count ? (int)at : throw new OnnxException($"place {at} is none of a sequence of {items.Count}"), n[1]);
        return [new Several(items, n[1].Stored)];
    }

    private static IReadOnlyList<ImportValue?> Erase(NodeContext n)
    {
        var items = List(n, 0).Items.ToList();
        items.RemoveAt(n.Has(1) ? Place(n, 1, items.Count - 1) : items.Count - 1);
        return [new Several(items, n[0].Stored)];
    }

    private static IReadOnlyList<ImportValue?> SplitToSequence(NodeContext n)
    {
        var x = n.Any(0);
        int axis = x.Shape.Axis(n.Small("axis", 0));
        int size = x.Shape[axis];
        int[] sizes = !n.Has(1) ? [.. Enumerable.Repeat(1, size)]
            : n.Shape(1).Rank == 0 ? [.. Enumerable.Range(0, (int)((size + n.Integer(1) - 1) / n.Integer(1))).Select(i => (int)Math.Min(n.Integer(1), size - (i * n.Integer(1))))]
            : [.. n.Integers(1).Select(s => (int)s)];
        bool keeps = n.Has(1) || n.Flag("keepdims", true);
        return [new Several([.. Functions.Split(x, axis, sizes).Select(p => n.Result(keeps ? p : p.Reshape(Reducing.Without(p.Shape, [axis]))))], n[0].Stored)];
    }

    private static IReadOnlyList<ImportValue?> ConcatFromSequence(NodeContext n)
    {
        Variable[] items = [.. List(n, 0).Items.Select(n.Any)];
        int axis = n.Small("axis", 0);
        if (n.Flag("new_axis"))
        {
            axis = axis < 0 ? axis + items[0].Shape.Rank + 1 : axis;
            items = [.. items.Select(i => i.Reshape(i.Shape[..axis].Concat(new Shape(1)).Concat(i.Shape[axis..])))];
        }

        return [new Traced(Integers.Join(axis, items), n[0].Stored)];
    }

    private static IReadOnlyList<ImportValue?> If(NodeContext n)
    {
        if (n[0] is Known)
        {
            return n.Importer.Graph(n.Graph(n.Integer(0) != 0 ? "then_branch" : "else_branch"), new ImportScope(n.Scope), n.Builder);
        }

        IReadOnlyList<ImportValue?> Branch(string name)
        {
            using (n.Builder.Scope(name))
            {
                return n.Importer.Graph(n.Graph(name), new ImportScope(n.Scope), n.Builder);
            }
        }

        var (yes, no) = (Branch("then_branch"), Branch("else_branch"));
        var condition = n.Any(0).Reshape(Shape.Scalar);
        n.Note(OnnxNoteKind.Branch, "a choice on data: both branches are computed, and one is taken; where the condition changes the result jumps unless the branches agree");
        return [.. yes.Zip(no, (a, b) =>
        {
            if (a is null || b is null)
            {
                return null;
            }

            var (then, otherwise) = (n.Any(a), n.Any(b));
            return then.Shape.Equals(otherwise.Shape)
                ? (ImportValue)new Traced(Functions.Where(condition, then, otherwise), a.Stored)
                : throw new Refusal($"its condition depends on data and its branches give {then.Shape} and {otherwise.Shape}: bind the input that the condition follows from to a value");
        })];
    }

    private static IReadOnlyList<ImportValue?> Loop(NodeContext n)
    {
        var body = n.Graph("body");
        long most = n.Has(0) ? n[0] is Known ? n.Integer(0) : throw Open(n, "how often it runs") : long.MaxValue;
        bool goesOn = !n.Has(1) || (n[1] is Known ? n.Integer(1) != 0 : throw Open(n, "whether it runs"));
        ImportValue?[] carried = [.. Enumerable.Range(2, n.Count - 2).Select(i => n.Has(i) ? n[i] : null)];
        var scans = new List<ImportValue?>[body.Outputs.Count - 1 - carried.Length];
        for (int i = 0; i < scans.Length; i++)
        {
            scans[i] = [];
        }

        for (long step = 0; step < most && goesOn; step++)
        {
            var scope = new ImportScope(n.Scope);
            scope.Set(body.Inputs[0].Name, Known.Scalar(step));
            scope.Set(body.Inputs[1].Name, new Known(Tensor.Of(Shape.Scalar, [true]), OnnxDataType.Bool));
            for (int i = 0; i < carried.Length; i++)
            {
                scope.Set(body.Inputs[i + 2].Name, carried[i]);
            }

            IReadOnlyList<ImportValue?> results;
            using (n.Builder.Scope($"{step}"))
            {
                results = n.Importer.Graph(body, scope, n.Builder);
            }

            if (results.Contains(null))
            {
                return [];
            }

            goesOn = results[0] is Known { Value: Tensor<bool> { Elements: [var next] } } ? next : throw Open(n, "whether it goes on");
            carried = [.. results.Skip(1).Take(carried.Length)];
            for (int i = 0; i < scans.Length; i++)
            {
                scans[i].Add(results[1 + carried.Length + i]);
            }
        }

        return [.. carried, .. scans.Select((s, i) => Stack(n, s, 0, body.Outputs[1 + carried.Length + i]))];
    }

    private static Refusal Open(NodeContext n, string what) =>
        new($"{what} depends on data: bind the integer input that it follows from to a value, or cut the graph before it ('{n.Node.Label}')");

    private static ImportValue Stack(NodeContext n, IReadOnlyList<ImportValue?> items, int axis, OnnxValue declared)
    {
        if (items.Count == 0)
        {
            var sizes = declared.Type?.Dims?.Select(d => (int)(d.Size ?? 0)) ?? [];
            var shape = new Shape([0, .. sizes]);
            return declared.Type?.Element.Kind() == ElementKind.Index ? new Known(new Tensor<long>(shape), declared.Type.Element) : new Known(new Tensor<double>(shape), declared.Type?.Element ?? OnnxDataType.Float);
        }

        Variable[] parts = [.. items.Select(i => n.Any(i!)).Select(v => v.Reshape(v.Shape[..Axis(v)].Concat(new Shape(1)).Concat(v.Shape[Axis(v)..])))];
        return new Traced(Integers.Join(axis < 0 ? axis + parts[0].Shape.Rank : axis, parts), items[0]!.Stored);

        int Axis(Variable v) => axis < 0 ? axis + v.Shape.Rank + 1 : axis;
    }

    private static IReadOnlyList<ImportValue?> Scan(NodeContext n)
    {
        if (n.Version < 9)
        {
            return OldScan(n);
        }

        var body = n.Graph("body");
        int scanned = n.Small("num_scan_inputs", 1);
        int states = n.Count - scanned;
        long[] inAxes = n.Many("scan_input_axes") ?? new long[scanned];
        long[] backwards = n.Many("scan_input_directions") ?? new long[scanned];
        int made = body.Outputs.Count - states;
        long[] outAxes = n.Many("scan_output_axes") ?? new long[made];
        long[] prepends = n.Many("scan_output_directions") ?? new long[made];
        Variable[] sequences = [.. Enumerable.Range(states, scanned).Select(n.Any)];
        return Run(n, body, [.. Enumerable.Range(0, states).Select(i => (ImportValue?)n[i])], sequences, inAxes, backwards, outAxes, prepends);
    }

    private static ImportValue?[] Run(NodeContext n, OnnxGraph body, ImportValue?[] state, Variable[] sequences, long[] inAxes, long[] backwards, long[] outAxes, long[] prepends)
    {
        int[] axes = [.. sequences.Select((s, i) => s.Shape.Axis((int)inAxes[i]))];
        int steps = sequences[0].Shape[axes[0]];
        int states = state.Length;
        var scans = new List<ImportValue?>[body.Outputs.Count - states];
        for (int i = 0; i < scans.Length; i++)
        {
            scans[i] = [];
        }

        for (int step = 0; step < steps; step++)
        {
            var scope = new ImportScope(n.Scope);
            for (int i = 0; i < states; i++)
            {
                scope.Set(body.Inputs[i].Name, state[i]);
            }

            for (int i = 0; i < sequences.Length; i++)
            {
                int at = backwards[i] != 0 ? steps - 1 - step : step;
                var part = sequences[i].Slice(axes[i], at, at + 1);
                scope.Set(body.Inputs[states + i].Name, n.Result(part.Reshape(Reducing.Without(part.Shape, [axes[i]]))));
            }

            IReadOnlyList<ImportValue?> results;
            using (n.Builder.Scope($"{step}"))
            {
                results = n.Importer.Graph(body, scope, n.Builder);
            }

            if (results.Contains(null))
            {
                return [];
            }

            state = [.. results.Take(states)];
            for (int i = 0; i < scans.Length; i++)
            {
                scans[i].Insert(prepends[i] != 0 ? 0 : scans[i].Count, results[states + i]);
            }
        }

        return [.. state, .. scans.Select((s, i) => Stack(n, s, (int)outAxes[i], body.Outputs[states + i]))];
    }

    // Version 8 has a batch in front of everything, and lengths of the sequences.
    private static IReadOnlyList<ImportValue?> OldScan(NodeContext n)
    {
        if (n.Has(0))
        {
            throw new Refusal("its sequences are of different lengths (version 8), which is not supported");
        }

        var body = n.Graph("body");
        int scanned = n.Small("num_scan_inputs", 1);
        int states = n.Count - 1 - scanned;
        long[] directions = n.Many("directions") ?? new long[scanned];
        int batch = n.Shape(1)[0];
        var all = new List<ImportValue?[]>();
        for (int b = 0; b < batch; b++)
        {
            Variable One(Variable v)
            {
                var part = v.Slice(0, b, b + 1);
                return part.Reshape(part.Shape[1..]);
            }

            ImportValue?[] state = [.. Enumerable.Range(1, states).Select(i => (ImportValue?)n.Result(One(n.Any(i))))];
            Variable[] sequences = [.. Enumerable.Range(1 + states, scanned).Select(i => One(n.Any(i)))];
            var results = Run(n, body, state, sequences, new long[scanned], directions, new long[body.Outputs.Count - states], new long[body.Outputs.Count - states]);
            if (results.Length == 0)
            {
                return [];
            }

            all.Add(results);
        }

        return [.. body.Outputs.Select((o, i) => Stack(n, [.. all.Select(a => a[i])], 0, o))];
    }
}

using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Marks;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Imports one model: nodes in order, each by its rule; what is known is computed, all else is built.</summary>
internal sealed partial class Importer(OnnxModel model, OnnxImportOptions options)
{
    private readonly ProgramBuilder _builder = new();
    private readonly List<OnnxNote> _notes = [];
    private readonly Dictionary<(string Op, string Reason), List<string>> _refused = [];
    private readonly ILookup<(string Domain, string Name), OnnxFunction> _functions = model.Functions.ToLookup(f => (f.Domain, f.Name));
    private int _steps;
    private Int128 _elements;

    /// <summary>What was asked for.</summary>
    public OnnxImportOptions Options => options;

    /// <summary>The model's name in messages.</summary>
    private string Title => model.Path.Length > 0 ? $"model '{model.Path}'" : "the model";

    public OnnxProgram Run()
    {
        try
        {
            return Build();
        }
        catch (OnnxException e)
        {
            throw e.In(Title);
        }
    }

    /// <summary>Says something to the user, once.</summary>
    public void Note(OnnxNoteKind kind, string node, string text)
    {
        var note = new OnnxNote(kind, node, text);
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    }

    /// <summary>Runs the nodes of a graph that its outputs need, and returns these.</summary>
    public IReadOnlyList<ImportValue?> Graph(OnnxGraph graph, ImportScope scope, ProgramBuilder builder, IEnumerable<string>? outputs = null)
    {
        string[] wanted = [.. outputs ?? graph.Outputs.Select(o => o.Name)];
        var weights = SmoothUses.Of(GraphOrder.Of(graph.Nodes, wanted), wanted);
        weights.ExceptWith(SmoothUses.Factors(graph));
        foreach (var tensor in graph.Initializers)
        {
            scope.Set(tensor.Name, Initializer(tensor, weights.Contains(tensor.Name)));
        }

        Nodes(graph.Nodes, wanted, scope, builder);
        return [.. wanted.Select(name => Find(name, scope, "an output"))];
    }

    private void Nodes(IReadOnlyList<OnnxNode> nodes, IEnumerable<string> wanted, ImportScope scope, ProgramBuilder builder)
    {
        if (scope.Depth > 200)
        {
            throw new OnnxException("functions and graphs are nested more than 200 deep: a function that calls itself has no program");
        }

        var recognised = Patterns.Recognise(NodeMark.Restored(nodes), scope);
        if (recognised.Any(n => n.Op == "Softmax"))
        {
            scope.Makers = recognised.SelectMany(n => n.Outputs.Select(o => (Output: o, Node: n))).DistinctBy(p => p.Output).ToDictionary(p => p.Output, p => p.Node, StringComparer.Ordinal);
        }

        foreach (var node in GraphOrder.Of(recognised, wanted))
        {
            if (++_steps > options.MostNodes)
            {
                throw new OnnxException($"there are more than {options.MostNodes} nodes, with those of loops unrolled: raise the limit, or cut the graph");
            }

            IReadOnlyList<ImportValue?> results;
            try
            {
                results = Node(node, scope, builder);
            }
            catch (NonsmoothException e) when (e is not OnnxUnsupportedException)
            {
                throw new OnnxException($"node '{node.Label}' ({node.Op}): {e.Message}", e);
            }

            for (int i = 0; i < node.Outputs.Count; i++)
            {
                if (node.Outputs[i].Length > 0)
                {
                    scope.Set(node.Outputs[i], i < results.Count ? results[i] : null);
                }
            }
        }
    }

    private ImportValue? Find(string name, ImportScope scope, string what) => scope.TryGet(name, out var value)
        ? value
        : throw new OnnxException($"{what}, '{name}', is made by no node: {(Nearest.To(name, model.Graph.Nodes.SelectMany(n => n.Outputs)) is { } near ? $"did you mean '{near}'?" : "the file is damaged")}");

    private IReadOnlyList<ImportValue?> Node(OnnxNode node, ImportScope scope, ProgramBuilder builder)
    {
        bool isComplete = true;
        var arguments = new List<ImportValue?>();
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            arguments.Add(node.Inputs[i].Length == 0 ? null : Find(node.Inputs[i], scope, $"argument {i}"));
            isComplete &= node.Inputs[i].Length == 0 || arguments[i] is not null;
        }

        if (_functions[(node.Domain, node.Op)].FirstOrDefault() is { } function)
        {
            return isComplete ? Call(function, node, arguments, scope, builder) : [];
        }

        if (node.Domain == NodeMark.Domain)
        {
            var context = new NodeContext(this, node, scope, builder, arguments, 0);
            using (builder.Scope(node.Label))
            {
                return isComplete ? [.. builder.ApplyAll(NodeMark.Of(node), [.. Enumerable.Range(0, arguments.Count).Select(context.Any)]).Select(context.Result)] : [];
            }
        }

        long version = scope.Version(node.Domain);
        if (OperatorTable.Find(node.Domain, node.Op, version) is not { } row)
        {
            return Refuse(node, version, node.Domain.Length == 0 ? OperatorTable.Absence(node.Op, version) : $"no program is known for it in domain '{node.Domain}'");
        }

        if (row.Reason is { } reason)
        {
            return Refuse(node, version, reason);
        }

        if (!isComplete)
        {
            return [];
        }

        try
        {
            var results = IsFoldable(row, arguments) ? Fold(row, node, scope, arguments, version) : Apply(row, new NodeContext(this, node, scope, builder, arguments, version));
            Account(results, arguments, node.Label);
            return results;
        }
        catch (Refusal e)
        {
            return Refuse(node, version, e.Message);
        }
    }

    private static IReadOnlyList<ImportValue?> Apply(OperatorRow row, NodeContext context)
    {
        using (context.Builder.Scope(context.Node.Label))
        {
            return row.Rule(context);
        }
    }

    // Each constant is small, and so are all together.
    private void Account(IReadOnlyList<ImportValue?> results, List<ImportValue?> arguments, string label)
    {
        foreach (var known in results.OfType<Known>())
        {
            if (!arguments.Exists(a => a is Known given && ReferenceEquals(given.Value, known.Value)) && (_elements += known.Shape.Count64) > 8 * options.MostFolded)
            {
                throw new OnnxException($"'{label}' brings the constants computed while importing to more than {8 * options.MostFolded} elements: raise the limit if you trust the file");
            }
        }
    }

    private static bool IsFoldable(OperatorRow row, List<ImportValue?> arguments) => !row.IsStructural && arguments.Count > 0
        && arguments.TrueForAll(a => a is null or Known || (a is Initial { Tensor.IsPresent: true } && row.FoldsInitializers));

    // The rule itself, in a program of its own that is run at once.
    private IReadOnlyList<ImportValue?> Fold(OperatorRow row, OnnxNode node, ImportScope scope, List<ImportValue?> arguments, long version)
    {
        ImportValue?[] known = [.. arguments.Select(a => a is Initial initial ? new Known(Decode(initial, node.Label), initial.Stored) : a)];
        var scratch = new ProgramBuilder();
        var results = Apply(row, new NodeContext(this, node, scope, scratch, known, version));
        return Evaluate(scratch, results, node.Label);
    }

    /// <summary>Runs a program without inputs: values of it become known.</summary>
    private IReadOnlyList<ImportValue?> Evaluate(ProgramBuilder scratch, IReadOnlyList<ImportValue?> results, string label)
    {
        var traced = results.OfType<Traced>().DistinctBy(t => t.Variable.Id).ToArray();
        if (traced.Aggregate((Int128)0, (sum, t) => sum + t.Shape.Count64) > options.MostFolded)
        {
            throw new OnnxException($"'{label}' makes a constant of more than {options.MostFolded} elements: raise the limit if you trust the file");
        }

        var program = scratch.Build(traced.Select((t, i) => ($"{i}", t.Variable)));
        var values = Interpreter.Run<Float64>(program.Prune());
        var known = traced.Select((t, i) => (t.Variable.Id, Value: values[i])).ToDictionary(p => p.Id, p => p.Value);
        return [.. results.Select(r => r is Traced t ? new Known(known[t.Variable.Id], t.Stored) : r)];
    }

    /// <summary>What a variable of a program without inputs is; null in the program that is built.</summary>
    public Tensor? Now(ProgramBuilder builder, Variable variable) => builder == _builder
        ? null
        : ((Known)Evaluate(builder, [new Traced(variable, OnnxDataType.Float)], variable.Name)[0]!).Value;

    private IReadOnlyList<ImportValue?> Call(OnnxFunction function, OnnxNode node, List<ImportValue?> arguments, ImportScope scope, ProgramBuilder builder)
    {
        var attributes = function.Defaults.ToDictionary(a => a.Name);
        foreach (var given in node.Attributes)
        {
            if (given.Reference.Length == 0)
            {
                attributes[given.Name] = given;
            }
            else if (scope.Attributes.TryGetValue(given.Reference, out var outer))
            {
                attributes[given.Name] = outer;
            }
        }

        var inner = new ImportScope(function.Opsets.Count > 0 ? function.Opsets : scope.Opsets, attributes, scope.Depth + 1);
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            inner.Set(function.Inputs[i], i < arguments.Count && arguments[i] is { } value ? value : new Absent());
        }

        using (builder.Scope(node.Label))
        {
            Nodes(function.Nodes, function.Outputs, inner, builder);
        }

        return [.. function.Outputs.Select(o => Find(o, inner, "a result"))];
    }

    private IReadOnlyList<ImportValue?> Refuse(OnnxNode node, long version, string reason)
    {
        var key = ($"{(node.Domain.Length > 0 ? node.Domain + "." : "")}{node.Op}-{version}", reason);
        if (!_refused.TryGetValue(key, out var nodes))
        {
            _refused.Add(key, nodes = []);
        }

        nodes.Add(node.Label);
        return [];
    }
}

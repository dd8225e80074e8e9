using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Aten;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>Imports one archive: nodes in order, each by its row; what is known is computed, all else is built.</summary>
internal sealed partial class GraphImporter(Archive archive, ArchiveImportOptions options)
{
    private readonly ProgramBuilder _builder = new();
    private readonly List<ArchiveNote> _notes = [];
    private readonly Dictionary<(string Operator, string Reason), (int Count, string Example)> _missing = [];
    private readonly Dictionary<Tensor, Variable> _constants = new(ReferenceEqualityComparer.Instance);
    private Variable? _step;
    private long _seeds;
    private int _steps;
    private long _folded;

    /// <summary>Where the program is built.</summary>
    public ProgramBuilder Builder => _builder;

    /// <summary>The number of the step, from which masks are drawn.</summary>
    public Variable Step => _step ?? throw new ArchiveException("it draws where nothing was expected to");

    /// <summary>Whether what training does otherwise is left out.</summary>
    public bool IsEvaluation => options.IsEvaluation;

    /// <summary>Another sequence of masks.</summary>
    public long NextSeed() => _seeds++;

    /// <summary>Says something to the user, once.</summary>
    public void Note(ArchiveNoteKind kind, string node, string text)
    {
        if (!_notes.Exists(n => n.Kind == kind && n.Text == text))
        {
            _notes.Add(new ArchiveNote(kind, node, text));
        }
    }

    /// <summary>Runs a graph inside of a graph on arguments.</summary>
    public IReadOnlyList<object?> Inner(ArchiveGraph graph, IReadOnlyList<object?> arguments, int depth)
    {
        if (depth > 100 || arguments.Count != graph.Inputs.Count)
        {
            throw new ArchiveException(depth > 100 ? "graphs lie in one another more than 100 deep" : $"a graph of {graph.Inputs.Count} inputs is given {arguments.Count}");
        }

        var scope = new GraphScope(graph, depth);
        for (int i = 0; i < arguments.Count; i++)
        {
            scope.Set(graph.Inputs[i] ?? $" {i}", arguments[i]);
        }

        Nodes(scope);
        return [.. graph.Outputs.Select(o => Resolve(o, scope))];
    }

    /// <summary>A value as a variable of the program.</summary>
    public Variable AsVariable(object? value) => value switch
    {
        Variable v => v,
        Known k => _constants.TryGetValue(k.Value, out var made) ? made : _constants[k.Value] = _builder.Constant(Wide(k.Value)),
        long or bool or double => _builder.Constant(Wide(Scalar(value).Value)),
        _ => throw new ArchiveException("a tensor is expected where there is none"),
    };

    /// <summary>A number as a tensor.</summary>
    public static Known Scalar(object value) => new(value switch
    {
        long l => Tensor.Of(Shape.Scalar, [l]),
        bool b => Tensor.Of(Shape.Scalar, [b]),
        _ => Tensor.Of(Shape.Scalar, [(double)value]),
    });

    private void Nodes(GraphScope scope)
    {
        foreach (var node in scope.Graph.Nodes)
        {
            if (++_steps > options.MostNodes)
            {
                throw new ArchiveException($"there are more than {options.MostNodes} nodes, with those of loops unrolled: raise the limit if you trust the file");
            }

            try
            {
                using (_builder.Scope(GraphScope.Shown(node.Name)))
                {
                    Node(node, scope);
                }
            }
            catch (NonsmoothException e) when (e is not ArchiveUnsupportedException)
            {
                throw new ArchiveException($"node '{GraphScope.Shown(node.Name)}' ({GraphScope.Shown(node.Target)}): {e.Message}", e);
            }
        }
    }

    private void Node(ArchiveNode node, GraphScope scope)
    {
        var target = NodeTarget.Of(node.Target);
        if (GraphOperators.Find(target) is { } structural)
        {
            object?[] arguments = [.. node.Arguments.Select(a => Resolve(a.Value, scope))];
            var made = arguments.Any(IsLost) ? null : structural(new GraphCall(this, node, scope, arguments));
            Bind(node, scope, target, made);
            return;
        }

        if (AtenTable.Find(target.Name) is not { } row)
        {
            Miss(node, target, target.IsAten ? "no row of the table" : "no function of ATen");
            Bind(node, scope, target, null);
            return;
        }

        var given = node.Arguments.Where(a => !GraphOperators.IsAside(a.Name)).Select(a => a with { Value = Resolve(a.Value, scope) }).ToList();
        if (given.Exists(a => IsLost(a.Value)))
        {
            Bind(node, scope, target, null);
            return;
        }

        IReadOnlyList<object?>? results;
        try
        {
            results = given.TrueForAll(a => IsKnown(a.Value)) && !Randomness.Draws(node) ? Folded(row, node, scope, given) : null;
            results ??= Converted(row.Apply(_builder, Positional(given, AsVariable), Named(given, AsVariable), _step is null ? null : IsEvaluation ? static (x, rate) => x : (x, rate) => Functions.Dropout(x, Step, rate, NextSeed())), node, scope, _builder);
        }
        catch (AtenException e)
        {
            Miss(node, target, e.Message);
            results = null;
        }

        if (results is not null && target.Base is "fake_quantize_per_tensor_affine" or "fake_quantize_per_channel_affine")
        {
            Note(ArchiveNoteKind.Quantisation, node.Name, "rounding to quantised values has the derivative 1 inside of their range, as PyTorch takes it: a surrogate that is not conservative");
        }

        Bind(node, scope, target, results);
    }

    private void Miss(ArchiveNode node, NodeTarget target, string reason)
    {
        var key = (GraphScope.Shown(target.Name), reason);
        _missing[key] = _missing.TryGetValue(key, out var before) ? (before.Count + 1, before.Example) : (1, GraphScope.Shown(node.Name));
    }

    // Null for a node without a program: what it was to make is lost.
    private static void Bind(ArchiveNode node, GraphScope scope, NodeTarget target, IReadOnlyList<object?>? results)
    {
        string? first = node.Arguments.Count > 0 && node.Arguments[0].Value is ValueName name ? name.Name : null;
        for (int i = 0; i < node.Results.Count; i++)
        {
            object? value = results is null ? Lost.Instance : i < results.Count ? results[i] : null;
            if (i == 0 && target.IsInPlace && first is not null)
            {
                scope.Overwrite(first, node.Results[0], value);
            }
            else if (node.Results[i] is { } result)
            {
                scope.Set(result, value);
                if (first is not null && GraphOperators.IsView(target.Base))
                {
                    scope.Share(result, first);
                }
            }
        }
    }

    private static object? Resolve(object? argument, GraphScope scope) => argument switch
    {
        ValueName name => scope.Get(name.Name),
        ArchiveType type => type is ArchiveType.Unknown ? null : type.Kind(),
        IReadOnlyList<object?> list => list.Select(a => Resolve(a, scope)).ToArray(),
        _ => argument,
    };

    private static bool IsLost(object? value) => value is Lost || (value is IReadOnlyList<object?> list && list.Any(IsLost));

    private static bool IsKnown(object? value) => value is not Variable && (value is not IReadOnlyList<object?> list || list.All(IsKnown));

    // The rule in a program of its own that is run at once; null where its constants are too large for that.
    private IReadOnlyList<object?>? Folded(AtenOperator row, ArchiveNode node, GraphScope scope, List<ArchiveArgument> given)
    {
        var scratch = new ProgramBuilder();
        var results = Converted(row.Apply(scratch, Positional(given, Constant), Named(given, Constant)), node, scope, scratch);
        var traced = results.OfType<Variable>().DistinctBy(v => v.Id).ToArray();
        var program = scratch.Build(traced.Select((v, i) => ($"{i}", v))).Prune();
        var elements = program.Types.Aggregate((Int128)0, (n, t) => n + t.Shape.Count64);
        if (elements > 8 * options.MostFolded || traced.Any(v => v.Shape.Count64 > options.MostFolded) || _folded + elements > 64 * options.MostFolded)
        {
            return null;
        }

        _folded += (long)elements;
        var values = Interpreter.Run<Float64>(program);
        var known = traced.Select((v, i) => (v.Id, Value: new Known(values[i]))).ToDictionary(p => p.Id, p => p.Value);
        return [.. results.Select(r => r is Variable v ? known[v.Id] : r)];

        Variable Constant(object? value) => value is Known k ? scratch.Constant(Wide(k.Value)) : throw new ArchiveException("a tensor is expected where there is none");
    }

    // Integers stay integers: rows compute in reals, and the archive says what comes out.
    private static IReadOnlyList<object?> Converted(IReadOnlyList<Variable?> results, ArchiveNode node, GraphScope scope, ProgramBuilder builder)
    {
        var converted = new object?[results.Count];
        for (int i = 0; i < converted.Length; i++)
        {
            var result = results[i];
            bool typed = i < node.Results.Count && node.Results[i] is { } name && scope.Graph.Types.ContainsKey(name);
            converted[i] = result is null || !typed ? result : Functions.Cast(result, scope.Graph.Types[node.Results[i]!].Type.Kind());
            if (result is not null && result.Builder != builder)
            {
                throw new ArchiveException("a value of another program is returned");
            }
        }

        return converted;
    }

    private static object?[] Positional(IEnumerable<ArchiveArgument> given, Func<object?, Variable> variable) => [.. given.Where(a => !a.ByName).Select(a => Argument(a.Value, variable))];

    private static Dictionary<string, object?> Named(IEnumerable<ArchiveArgument> given, Func<object?, Variable> variable)
    {
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var argument in given.Where(a => a.ByName))
        {
            named[argument.Name] = Argument(argument.Value, variable);
        }

        return named;
    }

    private static object? Argument(object? value, Func<object?, Variable> variable) => value switch
    {
        Variable made => made,
        Known => variable(value),
        IReadOnlyList<object?> list => list.Select(v => Argument(v, variable)).ToArray(),
        ForeignArgument foreign => throw new AtenException($"takes no {foreign.Kind}"),
        _ => value,
    };

    private static Tensor Wide(Tensor value) => value is Tensor<float> floats ? Tensor.Of(floats.Shape, Array.ConvertAll(floats.Elements, x => (double)x)) : value;
}

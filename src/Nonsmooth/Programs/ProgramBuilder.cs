using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>
/// Makes a program one application at a time; equal applications are made once, those of functions with kinks once in each scope.
/// </summary>
/// <remarks>Not thread-safe: one thread builds one program.</remarks>
public sealed partial class ProgramBuilder
{
    private readonly List<ProgramInput> _inputs = [];
    private readonly List<ProgramInput> _trailing = [];
    private readonly HashSet<string> _inputNames = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Scope, int Prefix, string Name), int> _modules = [];
    private BuildingContext _now = new(0, 0, 0, Provenance.Primal);
    private int _copies;

    /// <summary>Declares an input.</summary>
    /// <param name="name">Unique among the inputs.</param>
    /// <param name="type">Its type.</param>
    /// <param name="role">What it stands for; what changes from run to run if not said.</param>
    /// <exception cref="NonsmoothException">An input of that name exists.</exception>
    public Variable Input(string name, TensorType type, InputRole role = InputRole.Data)
    {
        if (!_inputNames.Add(name))
        {
            throw new NonsmoothException($"input '{name}' is declared twice: give each input a name of its own");
        }

        _names.AddInput(name);
        var variable = NewValue(Same(type), -1);
        _inputs.Add(new ProgramInput(name, variable.Id, role));
        return variable;
    }

    /// <summary>Declares an input that comes after all that are declared by <see cref="Input"/>, whenever those are.</summary>
    /// <exception cref="NonsmoothException">An input of that name exists.</exception>
    public Variable TrailingInput(string name, TensorType type, InputRole role = InputRole.Data)
    {
        var variable = Input(name, type, role);
        _trailing.Add(_inputs[^1]);
        _inputs.RemoveAt(_inputs.Count - 1);
        return variable;
    }

    /// <summary>Applies a function with one result.</summary>
    public Variable Apply(ElementaryFunction function, params ReadOnlySpan<Variable> arguments)
    {
        CheckOwn(function.Name, arguments);
        var (first, count) = Make(null, function, arguments);
        return count == 1
            ? _variables[first]
            : throw new InvalidOperationException($"{function.Name} has {count} results: use {nameof(ApplyAll)}");
    }

    /// <summary>Applies a function and returns all its results.</summary>
    /// <exception cref="ShapeException">The arguments do not fit; the message names the node.</exception>
    public IReadOnlyList<Variable> ApplyAll(ElementaryFunction function, params ReadOnlySpan<Variable> arguments)
    {
        CheckOwn(function.Name, arguments);
        var (first, count) = Make(null, function, arguments);
        return _variables.GetRange(first, count);
    }

    /// <summary>Applies a function under a name of one's own, made unique, and returns all its results.</summary>
    /// <exception cref="ShapeException">The arguments do not fit; the message names the node.</exception>
    public IReadOnlyList<Variable> ApplyAs(string name, ElementaryFunction function, params ReadOnlySpan<Variable> arguments)
    {
        CheckOwn(name, arguments);
        var (first, count) = Make(name, function, arguments);
        return _variables.GetRange(first, count);
    }

    /// <summary>Names what is applied until the scope is disposed: <c>scope.name</c>.</summary>
    public IDisposable Scope(string name)
    {
        if (!_modules.TryGetValue((_now.Scope, _now.Prefix, name), out int scope))
        {
            scope = _names.AddScope(ScopeKind.Module, _now.Scope, _now.Prefix, name);
            _modules.Add((_now.Scope, _now.Prefix, name), scope);
        }

        return Enter(scope, _now.Provenance);
    }

    /// <summary>Until the scope is disposed, what is applied is what a node is written out as: <c>NODE.name</c>.</summary>
    /// <remarks>For <see cref="Program.Rewrite"/>: the parts stand for the node (<see cref="Node.Lineage"/>).</remarks>
    /// <param name="node">The node that is rewritten.</param>
    public IDisposable Expand(Node node) => Enter(
        _names.AddScope(ScopeKind.Expansion, _now.Scope, _now.Prefix, node.Program.Names, node.Record.FirstResult), _now.Provenance);

    /// <summary>Makes applications anew until the scope is disposed, even if equal ones were made before.</summary>
    /// <remarks>
    /// Inside the scope equal applications are shared with one another; after it, with the newest ones made. So a
    /// program can compute a value twice rather than keep it: see <see cref="Node.Copy"/>.
    /// </remarks>
    public IDisposable Fresh() => Within(_now with { Copy = _copies + 1 });

    /// <summary>Until the scope is disposed, what is applied is the derivative of a node: <c>NODE.vjp.name</c>.</summary>
    /// <param name="node">The node, of the program that is differentiated.</param>
    /// <param name="role">Which derivative.</param>
    /// <param name="origin">The number of the node's image in this builder; −1 for none.</param>
    /// <param name="seed">Which seed or direction.</param>
    internal IDisposable Derivative(Node node, NodeRole role, int origin, int seed = 0) => Enter(
        _names.AddScope(
            ScopeKind.Derivative, ScopeOf(node), _now.Prefix, node.Program.Names, node.Record.FirstResult, role == NodeRole.Vjp ? ".vjp" : ".jvp"),
        new Provenance(role, origin, seed));

    /// <summary>Until the scope is disposed, nodes replayed repeat those that made their values before: <c>recompute.NODE</c>.</summary>
    internal IDisposable Recompute()
    {
        int scope = _names.AddScope(ScopeKind.Module, _now.Scope, _now.Prefix, "recompute");
        return Within(new BuildingContext(scope, scope, _copies + 1, new Provenance(NodeRole.Recomputed, -1, 0)));
    }

    /// <summary>The program with the given outputs.</summary>
    public Program Build(IEnumerable<(string Name, Variable Value)> outputs)
    {
        var named = outputs.Select(o => new NamedValue(o.Name, o.Value.Id)).ToArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        return Array.Find(named, o => !names.Add(o.Name)) is { } twice
            ? throw new NonsmoothException($"output '{twice.Name}' is declared twice: give each output a name of its own")
            : new Program([.. _types], _names.Trimmed(), [.. _inputs, .. _trailing], _nodes.Trimmed(), named);
    }

    internal string NameOf(int value) => _names.OfValue(value);

    private void CheckOwn(string name, ReadOnlySpan<Variable> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Builder != this)
            {
                throw new NonsmoothException(
                    $"{Qualify(name)}: argument {argument} belongs to another program; inline that program or pass the value as an input");
            }
        }
    }

    private string Qualify(string name) => _now.Prefix == 0 ? name : $"{_names.OfScope(_now.Prefix)}.{name}";

    private ContextEnd Enter(int scope, Provenance provenance) => Within(_now with { Scope = scope, Prefix = scope, Provenance = provenance });

    private ContextEnd Within(BuildingContext context)
    {
        var end = new ContextEnd(this, _now);
        _now = context;
        _copies = Math.Max(_copies, context.Copy);
        return end;
    }

    private sealed class ContextEnd(ProgramBuilder builder, BuildingContext outer) : IDisposable
    {
        public void Dispose() => builder._now = outer;
    }
}

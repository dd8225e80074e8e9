using System.Collections.Immutable;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>Builds a program one application at a time; equal applications are made once.</summary>
/// <remarks>Not thread-safe: one thread builds one program.</remarks>
public sealed class ProgramBuilder
{
    private readonly List<TensorType> _types = [];
    private readonly List<string> _names = [];
    private readonly List<ProgramInput> _inputs = [];
    private readonly List<ProgramInput> _trailing = [];
    private readonly HashSet<string> _inputNames = new(StringComparer.Ordinal);
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<Application, Made> _shared = [];
    private readonly List<Variable> _variables = [];
    private string _scope = "";
    private int _copy;
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

        Unique(name);
        var variable = NewValue(type, name);
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
        var results = ApplyAll(function, arguments);
        return results.Count == 1
            ? results[0]
            : throw new InvalidOperationException($"{function.Name} has {results.Count} results: use {nameof(ApplyAll)}");
    }

    /// <summary>Applies a function and returns all its results.</summary>
    /// <exception cref="ShapeException">The arguments do not fit; the message names the node.</exception>
    public IReadOnlyList<Variable> ApplyAll(ElementaryFunction function, params ReadOnlySpan<Variable> arguments)
    {
        CheckOwn(function.Name, arguments);
        return ApplyNamed(null, function, arguments);
    }

    /// <summary>Applies a function under a name of one's own, made unique, and returns all its results.</summary>
    /// <exception cref="ShapeException">The arguments do not fit; the message names the node.</exception>
    public IReadOnlyList<Variable> ApplyAs(string name, ElementaryFunction function, params ReadOnlySpan<Variable> arguments)
    {
        CheckOwn(name, arguments);
        return ApplyNamed(name, function, arguments);
    }

    /// <summary>Names what is applied until the scope is disposed: <c>scope.name</c>.</summary>
    public IDisposable Scope(string name)
    {
        string outer = _scope;
        _scope = Qualify(name);
        return new ScopeEnd(this, outer);
    }

    /// <summary>Makes applications anew until the scope is disposed, even if equal ones were made before.</summary>
    /// <remarks>
    /// Inside the scope equal applications are shared with one another; after it, with the newest ones made. So a
    /// program can compute a value twice rather than keep it: see <see cref="Node.Copy"/>.
    /// </remarks>
    public IDisposable Fresh() => AsCopy(_copies + 1);

    /// <summary>Makes the applications of one copy (<see cref="Node.Copy"/>) until the scope is disposed; 0 changes nothing.</summary>
    /// <remarks>For transformations that write a node out as several: those must not be shared with another copy's.</remarks>
    public IDisposable AsCopy(int copy)
    {
        int outer = _copy;
        _copy = copy == 0 ? outer : copy;
        _copies = Math.Max(_copies, copy);
        return new CopyEnd(this, outer);
    }

    /// <summary>Inserts a program, its inputs bound to variables; returns its outputs.</summary>
    /// <remarks>The node names are kept, inside the current scope.</remarks>
    public IReadOnlyList<Variable> Inline(Program program, params ReadOnlySpan<Variable> arguments)
    {
        if (arguments.Length != program.Inputs.Count)
        {
            throw new NonsmoothException(
                $"inlining a program of {program.Inputs.Count} inputs ({string.Join(", ", program.Inputs.Select(i => i.Name))}) with {arguments.Length} arguments");
        }

        var values = new Variable?[program.Types.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            var expected = program.Types[program.Inputs[i].Value];
            if (arguments[i].Type != expected)
            {
                throw new ShapeException(
                    $"{Qualify(program.Inputs[i].Name)}: the program takes {expected}, the argument {arguments[i].Name} is {arguments[i].Type}");
            }

            values[program.Inputs[i].Value] = arguments[i];
        }

        foreach (var node in program.Nodes)
        {
            Replay(node, values);
        }

        return [.. program.Outputs.Select(o => values[o.Value]!)];
    }

    /// <summary>Applies a node of another program to the images of its arguments, under its own name.</summary>
    /// <param name="node">The node.</param>
    /// <param name="values">Images of the other program's values, by number; the results are filled in.</param>
    public void Replay(Node node, Variable?[] values)
    {
        var arguments = new Variable[node.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = values[node.Arguments[i]]
                ?? throw new InvalidOperationException($"{node.Name}: argument {i} has no image");
        }

        IReadOnlyList<Variable> results;
        using (AsCopy(_copy == 0 ? node.Copy : 0))
        {
            results = ApplyNamed(node.Name, node.Function, arguments);
        }

        for (int i = 0; i < results.Count; i++)
        {
            values[node.Results[i]] = results[i];
        }
    }

    /// <summary>The program with the given outputs.</summary>
    public Program Build(IEnumerable<(string Name, Variable Value)> outputs)
    {
        var named = outputs.Select(o => new NamedValue(o.Name, o.Value.Id)).ToList();
        var twice = named.GroupBy(o => o.Name).FirstOrDefault(g => g.Count() > 1);
        return twice is not null
            ? throw new NonsmoothException($"output '{twice.Key}' is declared twice: give each output a name of its own")
            : new Program([.. _types], [.. _names], [.. _inputs, .. _trailing], [.. _nodes], [.. named]);
    }

    /// <summary>How many nodes there are so far.</summary>
    internal int NodeCount => _nodes.Count;

    /// <summary>Lets later applications of a function to the given arguments be results that exist.</summary>
    internal void Share(ElementaryFunction function, IEnumerable<Variable> arguments, IEnumerable<Variable> results) =>
        _shared[new Application(function, [.. arguments.Select(a => a.Id)])] = new Made([.. results.Select(r => r.Id)], _copy);

    internal string NameOf(int value) => _names[value];

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

    private IReadOnlyList<Variable> ApplyNamed(string? name, ElementaryFunction function, ReadOnlySpan<Variable> arguments)
    {
        var ids = ImmutableArray.CreateBuilder<int>(arguments.Length);
        foreach (var argument in arguments)
        {
            ids.Add(argument.Id);
        }

        var application = new Application(function, ids.MoveToImmutable());
        if (_shared.TryGetValue(application, out var known) && (_copy == 0 || known.Copy == _copy))
        {
            return [.. known.Results.Select(id => _variables[id])];
        }

        var types = Infer(name, function, arguments);
        string unique = Unique(Qualify(name ?? function.Name));
        var results = new Variable[types.Count];
        for (int i = 0; i < types.Count; i++)
        {
            results[i] = NewValue(types[i], types.Count == 1 ? unique : $"{unique}#{i}");
        }

        var numbers = results.Select(r => r.Id).ToImmutableArray();
        _nodes.Add(new Node(unique, function, application.Arguments, numbers) { Copy = _copy });
        _shared[application] = new Made(numbers, _copy);
        return results;
    }

    private IReadOnlyList<TensorType> Infer(string? name, ElementaryFunction function, ReadOnlySpan<Variable> arguments)
    {
        try
        {
            return function.InferTypes([.. arguments.ToArray().Select(a => a.Type)]);
        }
        catch (ShapeException e)
        {
            throw new ShapeException($"{Qualify(name ?? function.Name)}: {e.Message}", e);
        }
    }

    private Variable NewValue(TensorType type, string name)
    {
        var variable = new Variable(this, _types.Count, type);
        _types.Add(type);
        _names.Add(name);
        _variables.Add(variable);
        return variable;
    }

    private string Qualify(string name) => _scope.Length == 0 ? name : $"{_scope}.{name}";

    private string Unique(string name)
    {
        string candidate = name;
        while (!_taken.TryAdd(candidate, 1))
        {
            candidate = $"{name}_{++_taken[name]}";
        }

        return candidate;
    }

    private readonly record struct Application(ElementaryFunction Function, ImmutableArray<int> Arguments)
    {
        public bool Equals(Application other) =>
            Function.Equals(other.Function) && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(Function);
            foreach (int argument in Arguments)
            {
                hash.Add(argument);
            }

            return hash.ToHashCode();
        }
    }

    private readonly record struct Made(ImmutableArray<int> Results, int Copy);

    private sealed class CopyEnd(ProgramBuilder builder, int outer) : IDisposable
    {
        public void Dispose() => builder._copy = outer;
    }

    private sealed class ScopeEnd(ProgramBuilder builder, string outer) : IDisposable
    {
        public void Dispose() => builder._scope = outer;
    }
}

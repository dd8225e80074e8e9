using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <content>How nodes are made and shared.</content>
public sealed partial class ProgramBuilder
{
    private readonly List<TensorType> _types = [];
    private readonly List<Variable> _variables = [];
    private readonly NodeTable _nodes = new();
    private readonly Names _names = new();
    private readonly Applications _applications;
    private readonly Dictionary<ElementaryFunction, int> _functions = [];
    private readonly List<bool> _keyed = [];
    private readonly Dictionary<TensorType, TensorType> _sameTypes = [];
    private TensorType? _latestType;
    private Dictionary<(int Function, ValueList Arguments), (int Value, int Copy)>? _aliases;

    /// <summary>Starts an empty program.</summary>
    public ProgramBuilder() => _applications = new Applications(_nodes);

    /// <summary>How many nodes there are so far.</summary>
    internal int NodeCount => _nodes.Count;

    /// <summary>Lets later applications of a function to the given arguments be a result that exists.</summary>
    internal void Share(ElementaryFunction function, IEnumerable<Variable> arguments, Variable result)
    {
        int[] numbers = [.. arguments.Select(a => a.Id)];
        (_aliases ??= [])[(Number(function), new ValueList(numbers, 0, numbers.Length))] = (result.Id, _now.Copy);
    }

    private (int First, int Count) Make(string? name, ElementaryFunction function, ReadOnlySpan<Variable> arguments)
    {
        int number = Number(function);
        function = _nodes.Function(number);
        Span<int> ids = arguments.Length <= 16 ? stackalloc int[arguments.Length] : new int[arguments.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = arguments[i].Id;
        }

        if (Known(number, ids, _now.Scope) is { First: >= 0 } known)
        {
            return known;
        }

        var types = Infer(name, function, arguments);
        _names.AddNode(_now.Prefix, name ?? function.Name, 0, types.Length);
        return Add(number, ids, types, _now.Scope, _now.Provenance);
    }

    private (int First, int Count) Known(int function, ReadOnlySpan<int> arguments, int scope)
    {
        if (_aliases is not null && _aliases.TryGetValue((function, new ValueList(arguments.ToArray(), 0, arguments.Length)), out var alias)
            && (_now.Copy == 0 || alias.Copy == _now.Copy))
        {
            return (alias.Value, 1);
        }

        int node = _applications.Find(function, arguments, Place(function, scope));
        return node >= 0 && (_now.Copy == 0 || _nodes[node].Copy == _now.Copy) ? (_nodes[node].FirstResult, _nodes[node].Results) : (-1, 0);
    }

    private (int First, int Count) Add(int function, ReadOnlySpan<int> arguments, ReadOnlySpan<TensorType> types, int scope, Provenance provenance)
    {
        int first = _types.Count;
        int node = _nodes.Add(new NodeRecord(function, 0, 0, first, types.Length, _now.Copy, scope, provenance), arguments);
        for (int i = 0; i < types.Length; i++)
        {
            NewValue(Same(types[i]), node);
        }

        _applications.Set(node, Place(function, scope));
        _aliases?.Remove((function, _nodes.ArgumentList(node)));
        return (first, types.Length);
    }

    // What a selection says may differ from scope to scope, so a function that reads one is shared within one only.
    private int Place(int function, int scope) => _keyed[function] ? _names.Shared(scope) : 0;

    private int Number(ElementaryFunction function)
    {
        if (!_functions.TryGetValue(function, out int number))
        {
            number = _nodes.AddFunction(function);
            _functions.Add(function, number);
            _keyed.Add(function.Keys.Count > 0);
        }

        return number;
    }

    private TensorType[] Infer(string? name, ElementaryFunction function, ReadOnlySpan<Variable> arguments)
    {
        try
        {
            var types = new TensorType[arguments.Length];
            for (int i = 0; i < types.Length; i++)
            {
                types[i] = arguments[i].Type;
            }

            return [.. function.InferTypes(types)];
        }
        catch (ShapeException e)
        {
            throw new ShapeException($"{Qualify(name ?? function.Name)}: {e.Message}", e);
        }
    }

    private Variable NewValue(TensorType type, int maker)
    {
        var variable = new Variable(this, _types.Count, type, maker);
        _types.Add(type);
        _variables.Add(variable);
        return variable;
    }

    // One object for equal types: most values of a large program have one of few.
    private TensorType Same(TensorType type)
    {
        if (type.Equals(_latestType))
        {
            return _latestType;
        }

        if (!_sameTypes.TryGetValue(type, out var same))
        {
            _sameTypes.Add(type, same = type);
        }

        return _latestType = same;
    }
}

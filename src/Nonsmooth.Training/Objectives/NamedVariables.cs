using System.Collections;
using System.Runtime.CompilerServices;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Objectives;

/// <summary>Variables by name, in order: the fields of a batch of examples, or what a model makes of them.</summary>
[CollectionBuilder(typeof(NamedVariables), nameof(Outputs))]
public sealed class NamedVariables : IReadOnlyList<(string Name, Variable Value)>
{
    /// <summary>The name of an output that is given none.</summary>
    public const string Output = "output";

    private readonly string _what;
    private readonly (string Name, Variable Value)[] _values;

    /// <summary>Takes variables.</summary>
    /// <param name="what">What they are, as complaints call one: <c>output</c>.</param>
    /// <param name="values">Their names and values.</param>
    public NamedVariables(string what, IEnumerable<(string Name, Variable Value)> values) => (_what, _values) = (what, [.. values]);

    /// <summary>Outputs of a model.</summary>
    public static NamedVariables Outputs(ReadOnlySpan<(string Name, Variable Value)> outputs) => new("output", outputs.ToArray());

    /// <summary>A model's only output.</summary>
    public static implicit operator NamedVariables(Variable output) => Outputs([(Output, output)]);

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public (string Name, Variable Value) this[int index] => _values[index];

    /// <summary>The variable of a name.</summary>
    /// <exception cref="NonsmoothException">There is none: the message lists the names.</exception>
    public Variable this[string name] => _values.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault()
        ?? throw new NonsmoothException($"there is no {_what} '{name}': use {(Count == 0 ? $"a model with an {_what}" : $"one of {string.Join(", ", _values.Select(v => v.Name))}")}");

    /// <summary>The variable of a name or, without one, the only one.</summary>
    /// <exception cref="NonsmoothException">There is none of the name, or several without one.</exception>
    public (string Name, Variable Value) Named(string? name) => name is not null
        ? (name, this[name])
        : Count == 1
            ? _values[0]
            : throw new NonsmoothException($"there are {Count} {_what}s, {string.Join(", ", _values.Select(v => v.Name))}: say which one is meant");

    /// <inheritdoc/>
    public IEnumerator<(string Name, Variable Value)> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using Nonsmooth.Cost;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Testing;

/// <summary>A function as a program, with its forprop and backprop under each selection.</summary>
internal sealed class RulePrograms
{
    public RulePrograms(DictionaryRow row, IReadOnlyList<Preset> presets)
    {
        (Row, Value, Presets) = (row, Examples.Program(row), presets);
        Reals = [.. Positions(Value.Inputs)];
        Results = [.. Positions(Value.Outputs)];
        Forward = [.. presets.Where(_ => Differentiable).Select(s => Value.Forprop(new ForpropOptions { KeepValues = false, Selection = s.Selection }))];
        Backward = [.. presets.Where(_ => Differentiable)
            .Select(s => Value.Backprop(new BackpropOptions { KeepValues = false, Seeds = 1, Selection = s.Selection }))];
        Totals = [.. presets.Where(_ => Differentiable).Select(s => Value.Backprop(new BackpropOptions { Selection = s.Selection }).Count().Total)];
    }

    public DictionaryRow Row { get; }

    public Program Value { get; }

    public IReadOnlyList<Preset> Presets { get; }

    public Program[] Forward { get; }

    public Program[] Backward { get; }

    /// <summary>The operations of value and backprop together, by preset.</summary>
    public double[] Totals { get; }

    /// <summary>The real inputs of the value.</summary>
    public int[] Reals { get; }

    /// <summary>The real outputs of the value.</summary>
    public int[] Results { get; }

    public bool Differentiable => Reals.Length > 0 && Results.Length > 0;

    private IEnumerable<int> Positions(IReadOnlyList<NamedValue> values) =>
        Enumerable.Range(0, values.Count).Where(i => Value.Types[values[i].Value].Kind == ElementKind.Real);
}

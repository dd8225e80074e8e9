using Nonsmooth.Data.Arrays;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>What a binding says of a model file's inputs, as importers take it.</summary>
/// <remarks>Shapes, loops or choices may be made on whole numbers among the arrays: an import that fails without them is tried with them, and if it fails again, that failure is the one to tell.</remarks>
internal sealed class GivenInputs
{
    private readonly Dictionary<string, Tensor> _values;
    private readonly Dictionary<string, Tensor> _candidates = new(StringComparer.Ordinal);

    /// <summary>Reads a binding.</summary>
    /// <param name="binding">What the user told.</param>
    /// <param name="inputs">The inputs that need data.</param>
    /// <param name="values">Which names a whole number may be given for.</param>
    public GivenInputs(Binding binding, IEnumerable<FileInput> inputs, IEnumerable<string> values)
    {
        var named = values.ToHashSet(StringComparer.Ordinal);
        _values = binding.Values.Where(v => named.Contains(v.Key)).ToDictionary(v => v.Key, v => (Tensor)Tensor.Of(Shape.Scalar, [v.Value]), StringComparer.Ordinal);
        Shapes = new(binding.Shapes, StringComparer.Ordinal);
        Dimensions = binding.Shapes.Where(s => s.Value.Count == 1).ToDictionary(s => s.Key, s => s.Value[0], StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            if (binding.Find(input.Name) is not { } array)
            {
                continue;
            }

            Shapes[input.Name] = [.. array.Shape.Select(s => checked((int)s))];
            if (!array.IsReal && array.Count == 1 && !_values.ContainsKey(input.Name))
            {
                var shape = new Shape([.. Shapes[input.Name]]);
                _candidates[input.Name] = array.Type == StoredType.Bool ? Tensor.Of(shape, [array.ToLongs()[0] != 0]) : Tensor.Of(shape, array.ToLongs());
            }
        }
    }

    /// <summary>Shapes by name, an array's before what was told.</summary>
    public Dictionary<string, IReadOnlyList<int>> Shapes { get; }

    /// <summary>Sizes of named axes.</summary>
    public IReadOnlyDictionary<string, int> Dimensions { get; }

    /// <summary>The names of inputs that are whole numbers of the program.</summary>
    public IEnumerable<string> Values => _values.Keys;

    /// <summary>Imports with the whole numbers that were told, and where that fails with those among the arrays too.</summary>
    public T Import<T>(Func<IReadOnlyDictionary<string, Tensor>, T> import)
    {
        try
        {
            return import(_values);
        }
        catch (NonsmoothException) when (_candidates.Count > 0)
        {
            return import(_values.Concat(_candidates).ToDictionary(StringComparer.Ordinal));
        }
    }
}

using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>Examples whose fields are arrays in memory, one example after another.</summary>
public sealed class ArrayExamples : IExamples
{
    private readonly Array[] _values;

    /// <summary>Takes arrays; they become its own.</summary>
    /// <param name="fields">What one example is.</param>
    /// <param name="values">For each field by name its numbers: <c>float[]</c> of real ones, <c>long[]</c> of indices.</param>
    /// <exception cref="NonsmoothException">A field has no array or one of another kind or length, an array has no field, or an index is out of its field's range.</exception>
    public ArrayExamples(FieldList fields, IReadOnlyDictionary<string, Array> values)
    {
        (Fields, _values) = (fields, new Array[fields.Count]);
        if (values.Keys.FirstOrDefault(name => fields.IndexOf(name) < 0) is { } unknown)
        {
            throw new NonsmoothException($"there are numbers for '{unknown}', which is no field: the fields are {string.Join(", ", fields.Select(f => f.Name))}");
        }

        Count = -1;
        for (int i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            _values[i] = values.GetValueOrDefault(field.Name) ?? throw new NonsmoothException($"field '{field}' has no numbers: give an array of that name");
            Check(field, _values[i]);
            int count = _values[i].Length / field.Type.Shape.Elements;
            if (Count >= 0 && count != Count)
            {
                throw new NonsmoothException($"field '{field.Name}' has {count} examples and '{fields[0].Name}' has {Count}: give as many of each");
            }

            Count = count;
        }
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public FieldList Fields { get; }

    /// <inheritdoc/>
    public void Fill(int index, string field, Span<float> values) => Copy(index, field, values);

    /// <inheritdoc/>
    public void Fill(int index, string field, Span<long> values) => Copy(index, field, values);

    private void Copy<T>(int index, string field, Span<T> values) =>
        ((T[])_values[Fields.IndexOf(field)]).AsSpan(index * values.Length, values.Length).CopyTo(values);

    private static void Check(Field field, Array values)
    {
        int size = field.Type.Shape.Elements;
        bool isReal = field.Type.Kind == ElementKind.Real;
        if (isReal ? values is not float[] : values is not long[])
        {
            throw new NonsmoothException($"field '{field}' has numbers of type {values.GetType().Name}: give {(isReal ? "float[]" : "long[]")}");
        }

        if (size == 0 || values.Length % size != 0)
        {
            throw new NonsmoothException($"field '{field}' takes {size} numbers an example, {values.Length} are given: give whole examples");
        }

        if (values is long[] indices && field.Classes is { } classes && Array.FindIndex(indices, i => i < 0 || i >= classes) is var wrong && wrong >= 0)
        {
            throw new NonsmoothException($"field '{field}' has {indices[wrong]} in example {wrong / size}: give indices from 0 to {classes - 1}");
        }
    }
}

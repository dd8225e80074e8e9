using Nonsmooth.Data;
using Nonsmooth.Tensors;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Networks;

/// <summary>The shapes of a model file's inputs, from the file and from what a user gives: which are data, and what the others are.</summary>
internal sealed class FileShapes
{
    private readonly string _path;
    private readonly IModelFile _file;
    private readonly NetworkSettings _settings;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<int>> _given;
    private readonly FileInput[] _data;

    public FileShapes(string path, IModelFile file, NetworkSettings settings)
    {
        (_path, _file, _settings, _given) = (path, file, settings, settings.File?.Sizes ?? new Dictionary<string, IReadOnlyList<int>>());
        _data = [.. file.Inputs.Where(IsData)];
        Fields = [.. _data.Select(Field)];
    }

    /// <summary>What one example is: its only input is called <c>x</c>, several by their names.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The batch that the file was exported with; 1 where it is free.</summary>
    public int Batch => _data is [{ Sizes: [{ } batch, ..] }, ..] ? batch : _data is [var first, ..] && Given(first) is { } given ? given[0] : 1;

    /// <summary>Whole-number inputs that are part of the program.</summary>
    public IReadOnlyDictionary<string, long> Values => _file.Inputs.Where(i => !i.IsReal && !_data.Contains(i) && _given.TryGetValue(i.Name, out var value) && value.Count == 1)
        .ToDictionary(i => i.Name, i => (long)_given[i.Name][0], StringComparer.Ordinal);

    /// <summary>The shape of every input for a batch.</summary>
    public Dictionary<string, IReadOnlyList<int>> Of(int batch) => _file.Inputs.Where(i => !Values.ContainsKey(i.Name)).ToDictionary(
        i => i.Name, i => (IReadOnlyList<int>)(_data.Contains(i) ? [batch, .. Example(i)] : Rest(i, batch)), StringComparer.Ordinal);

    /// <summary>The field that an input takes; null for one that is no data.</summary>
    public string? FieldOf(string input) => Array.FindIndex(_data, i => i.Name == input) is var at and >= 0 ? Fields[at].Name : null;

    /// <summary>What an input that is no data is: zeros.</summary>
    public Tensor Start(string input, TensorType type) => type.Kind switch
    {
        ElementKind.Real => Tensor.Of(type.Shape, new double[type.Shape.Elements]),
        ElementKind.Index when type.Shape.Rank == 0 => throw new NonsmoothException($"model '{_path}' takes a whole number '{input}': give it, as --input {input}=1"),
        ElementKind.Index => Tensor.Of(type.Shape, new long[type.Shape.Elements]),
        _ => Tensor.Of(type.Shape, new bool[type.Shape.Elements]),
    };

    // The batch is an axis that is free, or 1, at the front; one of a state may lie behind.
    private bool IsData(FileInput input)
    {
        if (input.Sizes is not { Count: > 0 } sizes)
        {
            return false;
        }

        string batch = _file.Inputs[0].Symbols is [{ Length: > 0 } first, ..] ? first : "";
        return ReferenceEquals(input, _file.Inputs[0]) || (batch.Length > 0 ? input.Symbols[0] == batch : sizes[0] == _file.Inputs[0].Sizes?[0] && (sizes[0] is null || sizes.Count > 1));
    }

    private Field Field(FileInput input)
    {
        string name = _data.Length == 1 && !IsOneOfSeveral(input) ? FieldList.X : input.Name;
        var shape = Example(input);
        if (_data.Length == 1 && _settings.Data is [var data] && data.Type.Kind == (input.IsReal ? ElementKind.Real : ElementKind.Index) && IsFitting(data.Type.Shape, shape))
        {
            return data with { Name = name };
        }

        return !input.IsReal ? Data.Field.Index(name, shape)
            : Data.Field.Real(name, _data.Length == 1 && _settings.Input is { } image && shape.Rank == 3 && Given(input) is null ? new Shape(image.Channels, image.Height, image.Width) : shape);
    }

    private bool IsOneOfSeveral(FileInput input) => _settings.Data.Count > 1 && _settings.Data.Any(f => f.Name == input.Name);

    // What is of another form is reshaped, an image of another size resized.
    private static bool IsFitting(Shape data, Shape model) => data.Count64 == model.Count64 || (data.Rank == 3 && model.Rank == 3 && data[0] == model[0]);

    private Shape Example(FileInput input) => new([.. Sizes(input).Skip(1).Select((size, i) => size ?? throw Open(input, i + 1))]);

    private int[] Rest(FileInput input, int batch)
    {
        string symbol = _file.Inputs[0].Symbols is [{ Length: > 0 } first, ..] ? first : "";
        return [.. Sizes(input).Select((size, i) => size ?? (symbol.Length > 0 && input.Symbols[i] == symbol ? batch : input.Symbols.Count(s => s.Length > 0) <= 1 ? batch : throw Open(input, i)))];
    }

    private IReadOnlyList<int>? Given(FileInput input) => _given.TryGetValue(input.Name, out var given) && given.Count == input.Sizes?.Count ? given : null;

    private IEnumerable<int?> Sizes(FileInput input)
    {
        var sizes = input.Sizes ?? throw new NonsmoothException($"model '{_path}' does not say which axes input '{input.Name}' has: give its shape, as --input {input.Name}=1x3x224x224");
        var given = Given(input);
        int[] asked = given is not null ? [] : sizes.Count == 4 && _settings.Input is { } image ? [image.Channels, image.Height, image.Width] : sizes.Count == 2 && !input.IsReal && _settings.Tokens is { } tokens ? [tokens] : [];
        var field = Field(input.Name);
        return sizes.Select((size, i) => given is not null && (size is null || i == 0) ? given[i]
            : size ?? (input.Symbols[i].Length > 0 && _given.TryGetValue(input.Symbols[i], out var named) && named.Count == 1 ? named[0] : i > 0 && i <= asked.Length ? asked[i - 1] : i > 0 ? field?[i - 1] ?? input.Usual?[i] : null));

        Shape? Field(string name) => _data.Contains(input) && (_settings.Data is [var only] && _data.Length == 1 ? only : _settings.Data.FirstOrDefault(f => f.Name == name)) is { } data && data.Type.Shape.Rank == sizes.Count - 1 ? data.Type.Shape : null;
    }

    private NonsmoothException Open(FileInput input, int axis) =>
        new($"model '{_path}' leaves axis {axis} of input '{input.Name}' open{(input.Symbols[axis].Length > 0 ? $" ('{input.Symbols[axis]}')" : "")}: give its shape, as --input {input.Name}={string.Join('x', Sizes(input).Select((s, i) => s ?? (i == 0 ? 1 : 64)))}");
}

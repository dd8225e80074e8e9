using Nonsmooth.Data.Arrays;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>Models in ONNX.</summary>
internal sealed class OnnxFormat : IModelFile
{
    private readonly string _path;
    private readonly OnnxModel _model;

    private OnnxFormat(string path)
    {
        (_path, _model) = (path, OnnxImport.WithWeights(OnnxFile.Read(path)));
        var initializers = _model.Graph.Initializers.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        Inputs = [.. from input in _model.Graph.Inputs
                     where !initializers.Contains(input.Name)
                     let type = input.Type
                     select new FileInput(input.Name, IsReal(type?.Element), type?.Dims?.Select(d => d.Size is > 0 and { } size ? (int?)checked((int)size) : null).ToList(), [.. (type?.Dims ?? []).Select(d => d.Symbol)])];
    }

    public static ModelFormat Row { get; } = new("ONNX", path => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase), path => new OnnxFormat(path));

    public IReadOnlyList<FileInput> Inputs { get; }

    public string? HeadInput => OnnxHead.Find(_model)?.Input;

    public void Save(string path, IReadOnlyDictionary<string, float[]> weights, FileHead? head) => OnnxFile.Write(OnnxHead.With(_model, weights, head), path);

    public BoundModel Bind(Binding binding)
    {
        var imported = Import(_model, binding);
        var others = binding.Weights is { } file ? SafeTensors.Read(file).Tensors : null;
        return new BoundModel(_path, imported.Program, [.. imported.Weights.Select(w => new BoundWeight(w.Name, Elements(w, others, binding.Weights), w.Role == InputRole.Parameter))])
        {
            Tolerance = Tolerance(imported),
            Notes = [.. imported.Notes.Select(n => n.Node.Length == 0 ? n.Text : $"{n.Node}: {n.Text}")],
        };
    }

    private static bool IsReal(OnnxDataType? type) => type is OnnxDataType.Float or OnnxDataType.Double or OnnxDataType.Float16 or OnnxDataType.BFloat16;

    /// <summary>The program of a model; whole numbers that loops or choices turn out to read become part of it.</summary>
    private static OnnxProgram Import(OnnxModel model, Binding binding)
    {
        var inputs = model.Graph.Inputs;
        var initializers = model.Graph.Initializers.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var shapes = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        var fixedValues = binding.Values.Where(v => inputs.Any(i => i.Name == v.Key)).ToDictionary(v => v.Key, v => (Tensor)Nonsmooth.Tensors.Tensor.Of(Shape.Scalar, (long[])[v.Value]), StringComparer.Ordinal);
        var candidates = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var input in inputs.Where(i => !initializers.Contains(i.Name)))
        {
            if (binding.Find(input.Name) is not { } array)
            {
                continue;
            }

            shapes[input.Name] = [.. array.Shape.Select(s => checked((int)s))];
            if (!array.IsReal && array.Count == 1 && !fixedValues.ContainsKey(input.Name))
            {
                var shape = new Shape([.. shapes[input.Name]]);
                candidates[input.Name] = array.Type == StoredType.Bool ? Nonsmooth.Tensors.Tensor.Of(shape, (bool[])[array.ToLongs()[0] != 0]) : Nonsmooth.Tensors.Tensor.Of(shape, array.ToLongs());
            }
        }

        foreach (var (name, shape) in binding.Shapes)
        {
            shapes.TryAdd(name, shape);
        }

        var options = new OnnxImportOptions
        {
            Shapes = shapes,
            Dimensions = binding.Shapes.Where(s => s.Value.Count == 1).ToDictionary(s => s.Key, s => s.Value[0], StringComparer.Ordinal),
            Values = fixedValues,
            Outputs = binding.Outputs,
            ClipAs = binding.ClipAs,
            StraightThrough = binding.StraightThrough,
        };
        try
        {
            return OnnxImport.Import(Batched(model, shapes), options);
        }
        catch (NonsmoothException) when (candidates.Count > 0)
        {
            // Shapes, loops or choices may be made on the whole numbers among the arrays: with them known, if it fails again, that failure is the one to tell.
            return OnnxImport.Import(Batched(model, shapes), options with { Values = fixedValues.Concat(candidates).ToDictionary(StringComparer.Ordinal) });
        }
    }

    // A file may fix the batch that it was exported with: the first axis is taken as asked for.
    private static OnnxModel Batched(OnnxModel model, Dictionary<string, IReadOnlyList<int>> shapes)
    {
        bool Rebatched(OnnxValue input) => input.Type?.Dims is [{ Size: { } size }, ..] dims && shapes.TryGetValue(input.Name, out var shape)
            && shape.Count == dims.Count && shape[0] != size && dims.Skip(1).Zip(shape.Skip(1)).All(p => p.First.Size is null || p.First.Size == p.Second);
        return !model.Graph.Inputs.Any(Rebatched) ? model : model with
        {
            Graph = model.Graph with
            {
                Inputs = [.. model.Graph.Inputs.Select(i => Rebatched(i) ? i with { Type = OnnxType.Tensor(i.Type!.Element, [new OnnxDim(shapes[i.Name][0]), .. i.Type.Dims!.Skip(1)]) } : i)],
                Outputs = [.. model.Graph.Outputs.Select(o => o.Type is { Kind: OnnxTypeKind.Tensor } type ? o with { Type = OnnxType.Tensor(type.Element, null) } : o)],
                Values = [],
            },
        };
    }

    private static double Tolerance(OnnxProgram imported)
    {
        var stored = imported.Weights.Select(w => w.Initializer.DataType).Concat(imported.Inputs.Select(i => i.Stored)).ToHashSet();
        return stored.Contains(OnnxDataType.BFloat16) ? 3e-2 : stored.Contains(OnnxDataType.Float16) ? 5e-3 : 1e-4;
    }

    private static Array Elements(OnnxWeight weight, IReadOnlyDictionary<string, StoredTensor>? others, string? file) => others is null ? weight.Elements
        : others.GetValueOrDefault(weight.Name) is not { } other ? throw new NonsmoothException($"'{file}' has no '{weight.Name}', a weight of the model: use weights of that model")
        : other.Count != weight.Elements.Length ? throw new NonsmoothException($"'{file}' has '{weight.Name}' as {string.Join('×', other.Shape)}, the model has {weight.Elements.Length} numbers: use weights of that model")
        : other.ToDoubles();
}

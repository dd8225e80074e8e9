using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Programs;

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

    public static ModelFormat Row { get; } = new("ONNX", path => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase), path => new OnnxFormat(path)) { TakesHead = true, TakesForms = true };

    public IReadOnlyList<FileInput> Inputs { get; }

    public string? HeadInput => OnnxHead.Find(_model)?.Input;

    public void Save(string path, IReadOnlyDictionary<string, float[]> weights, FileHead? head) => OnnxFile.Write(OnnxHead.With(_model, weights, head), path);

    public BoundModel Bind(Binding binding)
    {
        AdapterRequest.Refuse(binding.Adapter, _path);
        var imported = Import(binding);
        var others = OtherWeights.Read(binding.Weights);
        var absent = imported.Weights.Where(w => !w.Initializer.IsPresent).ToList();
        Array Own(OnnxWeight weight) => weight.Initializer.IsPresent ? weight.Elements : throw Refused();
        NonsmoothException Refused() => AbsentWeights.Refusal(_path, [.. absent.Select(w => w.Name)], $"put {string.Join(", ", absent.Select(w => $"'{w.Initializer.External!.Location}'").Distinct())} beside it, or give --weights");
        return new BoundModel(_path, imported.Program, [.. imported.Weights.Select(w => new BoundWeight(w.Name, () => others?.Of(w.Name, w.Initializer.Shape.Elements, $"{w.Initializer.Shape}") ?? Own(w), w.Role == InputRole.Parameter))])
        {
            Tolerance = BoundModel.ToleranceOf(imported.Weights.Select(w => w.Initializer.DataType).Concat(imported.Inputs.Select(i => i.Stored)), OnnxDataType.Float16, OnnxDataType.BFloat16),
            Refusal = absent.Count > 0 && others is null ? Refused() : null,
            Notes = BoundModel.Told(imported.Notes.Select(n => (n.Node, n.Text))),
        };
    }

    private static bool IsReal(OnnxDataType? type) => type is OnnxDataType.Float or OnnxDataType.Double or OnnxDataType.Float16 or OnnxDataType.BFloat16;

    private OnnxProgram Import(Binding binding)
    {
        var given = new GivenInputs(binding, Inputs, _model.Graph.Inputs.Select(i => i.Name));
        foreach (string axis in Inputs.SelectMany(i => i.Symbols).Where(s => !_model.Graph.Inputs.Any(i => i.Name == s)))
        {
            // The importer takes a shape for that of an input: an axis is not one.
            given.Shapes.Remove(axis);
        }

        return given.Import(values => OnnxImport.Import(Batched(_model, given.Shapes), new OnnxImportOptions
        {
            Shapes = given.Shapes,
            Dimensions = given.Dimensions,
            Values = values,
            Outputs = binding.Outputs,
            ClipAs = binding.ClipAs,
            StraightThrough = binding.StraightThrough,
        }));
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
}

using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Graphs;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>Models that PyTorch's <c>torch.export.save</c> wrote. What they take at kinks is what the version of PyTorch takes that wrote them.</summary>
internal sealed class Pt2Format : IModelFile
{
    private readonly Archive _archive;

    private Pt2Format(string path)
    {
        _archive = ArchiveFile.Read(path);
        Inputs = [.. from spec in _archive.Inputs
                     where spec.Kind == ArchiveInputKind.User && _archive.Graph.Types.ContainsKey(spec.Value)
                     let type = _archive.Graph.Types[spec.Value]
                     select new FileInput(spec.Value, type.Type.Kind() == ElementKind.Real, [.. type.Sizes.Select(s => s.Value is { } size ? (int?)checked((int)size) : null)], [.. type.Sizes.Select(s => s.Symbol ?? "")])];
    }

    public static ModelFormat Row { get; } = new("PyTorch's .pt2", path => path.EndsWith(".pt2", StringComparison.OrdinalIgnoreCase) || ArchiveFile.IsPickle(path), path => new Pt2Format(path));

    public IReadOnlyList<FileInput> Inputs { get; }

    public string? HeadInput => null;

    public void Save(string path, IReadOnlyDictionary<string, float[]> weights, FileHead? head)
    {
        if (head is not null)
        {
            throw new NonsmoothException($"'{_archive.Path}' gets no other head: train it as it is, or give its features as its output in PyTorch");
        }

        ArchiveWriter.Write(_archive, weights, path);
    }

    public BoundModel Bind(Binding binding)
    {
        if (binding.Outputs.Count > 0)
        {
            throw new NonsmoothException($"'{_archive.Path}' puts out what its network returns: other outputs are chosen in PyTorch");
        }

        var imported = Import(binding);
        var others = binding.Weights is { } file ? SafeTensors.Read(file).Tensors : null;
        return new BoundModel(_archive.Path, imported.Program, [.. imported.Weights.Select(w => new BoundWeight(w.Name, Elements(w, others, binding.Weights), w.Role == InputRole.Parameter))])
        {
            Tolerance = imported.Weights.Select(w => w.Stored.Type).Concat(imported.Inputs.Select(i => i.Stored)).ToHashSet() is var stored && stored.Contains(ArchiveType.BFloat16) ? 3e-2 : stored.Contains(ArchiveType.Half) ? 5e-3 : 1e-4,
            Notes = [.. imported.Notes.Select(n => n.Node.Length == 0 ? n.Text : $"{n.Node}: {n.Text}")],
            States = [.. imported.Outputs.Where(o => o.Buffer is not null).Select(o => o.Name)],
            Convention = imported.Convention,
        };
    }

    // Whole numbers among the arrays become part of the program where loops, choices or shapes turn out to follow from them.
    private ArchiveProgram Import(Binding binding)
    {
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var candidates = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var shapes = new Dictionary<string, IReadOnlyList<int>>(binding.Shapes, StringComparer.Ordinal);
        foreach (var input in Inputs)
        {
            if (binding.Values.TryGetValue(input.Name, out long value) && input.Sizes is { Count: 0 })
            {
                values[input.Name] = Tensor.Of(Shape.Scalar, [value]);
                shapes.Remove(input.Name);
            }

            if (binding.Find(input.Name) is { } array)
            {
                shapes[input.Name] = [.. array.Shape.Select(s => checked((int)s))];
                if (!array.IsReal && array.Count == 1 && !values.ContainsKey(input.Name))
                {
                    var shape = new Shape([.. shapes[input.Name]]);
                    candidates[input.Name] = array.Type == StoredType.Bool ? Tensor.Of(shape, [array.ToLongs()[0] != 0]) : Tensor.Of(shape, array.ToLongs());
                }
            }
        }

        var options = new ArchiveImportOptions
        {
            Shapes = shapes, Values = values, Dimensions = binding.Shapes.Where(s => s.Value.Count == 1).ToDictionary(s => s.Key, s => s.Value[0], StringComparer.Ordinal),
        };
        try
        {
            return ArchiveImport.Import(_archive, options);
        }
        catch (NonsmoothException) when (candidates.Count > 0)
        {
            return ArchiveImport.Import(_archive, options with { Values = values.Concat(candidates).ToDictionary(StringComparer.Ordinal) });
        }
    }

    private static Array Elements(ArchiveWeight weight, IReadOnlyDictionary<string, StoredTensor>? others, string? file) => others is null
        ? weight.Elements is float[] or double[] ? weight.Elements : throw new NonsmoothException($"'{weight.Name}' holds no real numbers and is not in the archive")
        : others.GetValueOrDefault(weight.Name) is not { } other ? throw new NonsmoothException($"'{file}' has no '{weight.Name}', a weight of the model: use weights of that model")
        : other.Count != weight.Stored.Shape.Elements ? throw new NonsmoothException($"'{file}' has '{weight.Name}' as {string.Join('×', other.Shape)}, the model has {weight.Stored.Shape}: use weights of that model")
        : other.ToDoubles();
}

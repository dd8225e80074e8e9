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
        IsForTraining = ArchiveImport.IsForTraining(_archive);
        Inputs = [.. from spec in _archive.Inputs
                     where spec.Kind == ArchiveInputKind.User && _archive.Graph.Types.ContainsKey(spec.Value)
                     let type = _archive.Graph.Types[spec.Value]
                     select new FileInput(spec.Value, type.Type.Kind() == ElementKind.Real, [.. type.Sizes.Select(s => s.Value is { } size ? (int?)checked((int)size) : null)], [.. type.Sizes.Select(s => s.Symbol ?? "")])];
    }

    public static ModelFormat Row { get; } = new("PyTorch's .pt2", path => path.EndsWith(".pt2", StringComparison.OrdinalIgnoreCase) || ArchiveFile.IsPickle(path), path => new Pt2Format(path));

    public IReadOnlyList<FileInput> Inputs { get; }

    public string? HeadInput => null;

    public bool IsForTraining { get; }

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
        AdapterRequest.Refuse(binding.Adapter, _archive.Path);
        if (binding.Outputs.Count > 0)
        {
            throw new NonsmoothException($"'{_archive.Path}' puts out what its network returns: other outputs are chosen in PyTorch");
        }

        var imported = Import(binding);
        var others = OtherWeights.Read(binding.Weights);
        string[] absent = [.. imported.Weights.Where(w => !w.Stored.IsPresent).Select(w => w.Name)];
        NonsmoothException Refused() => AbsentWeights.Refusal(_archive.Path, absent, "give an archive as torch.export.save writes it, or --weights");
        Array Own(ArchiveWeight weight) => weight.Stored.IsPresent ? weight.Elements : throw Refused();
        return new BoundModel(_archive.Path, imported.Program, [.. imported.Weights.Select(w => new BoundWeight(w.Name, () => others?.Of(w.Name, w.Stored.Shape.Elements, $"{w.Stored.Shape}") ?? Own(w), w.Role == InputRole.Parameter))])
        {
            Tolerance = BoundModel.ToleranceOf(imported.Weights.Select(w => w.Stored.Type).Concat(imported.Inputs.Select(i => i.Stored)), ArchiveType.Half, ArchiveType.BFloat16),
            Notes = BoundModel.Told(imported.Notes.Select(n => (n.Node, n.Text))),
            States = [.. imported.Outputs.Where(o => o.Buffer is not null).Select(o => o.Name)],
            Moved = [.. from output in imported.Outputs where output.Buffer is not null && output.Type.Kind == ElementKind.Real && imported.Weights.Any(w => w.Name == output.Buffer && w.Role == InputRole.Buffer) select (output.Buffer!, output.Name)],
            Convention = imported.Convention,
            Refusal = absent.Length > 0 && others is null ? Refused() : null,
        };
    }

    private ArchiveProgram Import(Binding binding)
    {
        var given = new GivenInputs(binding, Inputs, Inputs.Where(i => i.Sizes is { Count: 0 }).Select(i => i.Name));
        foreach (string whole in given.Values.Where(v => binding.Find(v) is null))
        {
            given.Shapes.Remove(whole);
        }

        return given.Import(values => ArchiveImport.Import(_archive, new ArchiveImportOptions { Shapes = given.Shapes, Values = values, Dimensions = given.Dimensions, IsEvaluation = binding.IsEvaluation }));
    }
}

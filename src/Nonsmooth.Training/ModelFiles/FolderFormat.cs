using Nonsmooth.Data;
using Nonsmooth.Pretrained.Adapters;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>Models in folders that HuggingFace's library saved.</summary>
internal sealed class FolderFormat : IModelFile
{
    private readonly HuggingFaceFolder _folder;

    private FolderFormat(string path)
    {
        _folder = HuggingFaceFolder.Open(path);
        Inputs = [.. _folder.Inputs.Where(i => !i.IsOptional).Select(i => new FileInput(i.Name, i.Kind == ElementKind.Real, i.Sizes, i.Axes) { Usual = i.Usual })];
    }

    public static ModelFormat Row { get; } = new("HuggingFace's folders", HuggingFaceFolder.Is, path => new FolderFormat(path)) { IsFolder = true, TakesHead = true };

    public IReadOnlyList<FileInput> Inputs { get; }

    public string? HeadInput => FolderProgram.Features;

    public NetworkText? Text => Inputs.All(i => i.IsReal) ? null : new NetworkText(_folder.Path, _folder.Config.Size("vocab_size"), TextTokenizer.Of(_folder.Path));

    public BoundModel Bind(Binding binding)
    {
        bool withoutHead = binding.Outputs is [FolderProgram.Features];
        if (binding.Outputs.Count > 0 && !withoutHead)
        {
            throw new NonsmoothException($"'{_folder.Path}' puts out what its head makes: other outputs are not chosen");
        }

        var shapes = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        foreach (var input in _folder.Inputs)
        {
            IReadOnlyList<int>? shape = binding.Find(input.Name) is { } array ? [.. array.Shape.Select(s => checked((int)s))] : binding.Shapes.GetValueOrDefault(input.Name);
            if (shape is not null)
            {
                shapes[input.Name] = shape;
            }
        }

        var change = binding.Adapter is { } adapter
            ? new AdapterChange(adapter.Open(_folder.Path), new AdapterOptions { IsExact = adapter.Dora == DoraGradient.Exact, IsTraining = binding.IsTraining, Seed = binding.Seed })
            : null;
        var imported = _folder.Import(shapes, change, withoutHead);
        var others = OtherWeights.Read(binding.Weights);
        string[] absent = [.. imported.Weights.Where(w => w.Stored is null && w.Draw is null).Select(w => w.Name)];
        NonsmoothException Refused() => AbsentWeights.Refusal(_folder.Path, absent, "put model.safetensors beside its config.json, or give --weights");
        Array Own(FolderWeight weight) => weight.Stored is not null || weight.Draw is not null ? weight.Elements : throw Refused();
        return new BoundModel(_folder.Path, imported.Program, [.. imported.Weights.Select(w => new BoundWeight(w.Name, () => others?.Of(w.Name, w.Shape.Elements, $"{w.Shape}") ?? Own(w), w.Role == InputRole.Parameter) { Draw = w.Draw, Stored = others is null ? w.Stored : null })])
        {
            Notes = change?.Notes ?? [],
            Refusal = absent.Length > 0 && others is null ? Refused() : null,
            OwnLoss = imported.OwnLoss,
        };
    }

    public void Save(string path, IReadOnlyDictionary<string, float[]> weights, FileHead? head)
    {
        _folder.Save(path, weights, head is null ? null : new FolderClassifier(head.Classes, head.Weight, head.Bias));
    }
}

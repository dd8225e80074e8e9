using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A kind of network that folders hold. To add one: its file, and a row here.</summary>
/// <param name="ModelType">The name in <c>config.json</c>.</param>
/// <param name="Prefix">What the names of the network without its head begin with, where it was saved with one.</param>
/// <param name="Logits">Tokens [N, T] and what each may look at, null for all before it, to logits.</param>
internal sealed record FolderArchitecture(string ModelType, string Prefix, Func<FolderBuilder, Variable, Variable?, Variable> Logits)
{
    public static IReadOnlyList<FolderArchitecture> All { get; } =
    [
        new("gpt2", "transformer.", Gpt2.Logits),
        .. DecoderKind.All.Select(kind => new FolderArchitecture(kind.ModelType, "model.", (b, x, mask) => Decoder.Logits(b, kind, x, mask))),
    ];

    /// <exception cref="FolderException">There is none of that name.</exception>
    public static FolderArchitecture Find(string modelType) => All.FirstOrDefault(a => a.ModelType == modelType)
        ?? throw new FolderException($"it is a '{modelType}', which is not read: {string.Join(", ", All.Select(a => a.ModelType))} are{Nearest.Question(modelType, All.Select(a => a.ModelType))}");

    /// <summary>The program on the tensors of a folder.</summary>
    public FolderProgram Build(FolderConfig config, IReadOnlyDictionary<string, StoredTensor> tensors, int batch, int tokens, bool hasMask, FolderChange? change = null)
    {
        var builder = new FolderBuilder(config, tensors, Prefix, change);
        var x = builder.Builder.Input("input_ids", TensorType.Index(new Shape(batch, tokens)));
        var mask = hasMask ? builder.Builder.Input("attention_mask", TensorType.Index(new Shape(batch, tokens))) : null;
        var logits = Logits(builder, x, mask);
        builder.Finish("lm_head.weight");
        return new FolderProgram(config, builder.Builder.Build([("logits", logits)]), builder.Weights);
    }
}

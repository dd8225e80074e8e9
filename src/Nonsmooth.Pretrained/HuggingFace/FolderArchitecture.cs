namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A kind of network that folders hold. To add one: its file, and a row here.</summary>
/// <param name="ModelType">The name in <c>config.json</c>.</param>
/// <param name="Prefix">What the names of the network without its head begin with, where it was saved with one.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Build">Builds it on the inputs and weights of a builder.</param>
internal sealed record FolderArchitecture(string ModelType, string Prefix, Func<FolderConfig, IReadOnlyList<FolderInput>> Inputs, Func<FolderBuilder, FolderNetwork> Build)
{
    private const string Positions = "max_position_embeddings";

    public static IReadOnlyList<FolderArchitecture> All { get; } =
    [
        new("gpt2", "transformer.", Texts("n_positions"), Gpt2.Build),
        .. DecoderKind.All.Select(kind => new FolderArchitecture(kind.ModelType, "model.", Texts(Positions), b => Decoder.Build(b, kind))),
        new("bert", "bert.", Texts(Positions, FolderInput.TokenTypes), b => Bert.Build(b, false)),
        new("roberta", "roberta.", c => Texts(Bert.Tokens(c, true), FolderInput.TokenTypes), b => Bert.Build(b, true)),
        new("distilbert", "distilbert.", Texts(Positions), DistilBert.Build),
        new("t5", "transformer.", T5.Inputs, T5.Build),
        new("vit", "vit.", c => [FolderInput.Images(c, c.Side)], VisionTransformer.Build),
        new("resnet", "resnet.", c => [FolderInput.Images(c, null)], ResNet.Build),
        new("convnext", "convnext.", c => [FolderInput.Images(c, null)], ConvNext.Build),
    ];

    /// <exception cref="FolderException">There is none of that name.</exception>
    public static FolderArchitecture Find(string modelType) => All.FirstOrDefault(a => a.ModelType == modelType)
        ?? throw new FolderException($"it is a '{modelType}', which is not read: {string.Join(", ", All.Select(a => a.ModelType))} are{Nearest.Question(modelType, All.Select(a => a.ModelType))}");

    private static Func<FolderConfig, IReadOnlyList<FolderInput>> Texts(string positions, params string[] further) => c => Texts(c.SizeOrNull(positions), further);

    private static IReadOnlyList<FolderInput> Texts(int? most, params string[] further) =>
        [FolderInput.Tokens(FolderInput.InputIds, most), .. further.Prepend(FolderInput.AttentionMask).Select(name => FolderInput.Tokens(name, most, true))];
}

using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>An input of a folder's network.</summary>
/// <param name="Name">HuggingFace's name of it.</param>
/// <param name="Kind">What its elements are.</param>
/// <param name="Sizes">The sizes of its axes; null for one that is free.</param>
/// <param name="Axes">What each axis is called.</param>
/// <param name="IsOptional">Whether the network does without it.</param>
public sealed record FolderInput(string Name, ElementKind Kind, IReadOnlyList<int?> Sizes, IReadOnlyList<string> Axes, bool IsOptional = false)
{
    private const int UsualTokens = 256;
    private const int UsualSide = 224;

    internal const string InputIds = "input_ids";
    internal const string AttentionMask = "attention_mask";
    internal const string TokenTypes = "token_type_ids";
    internal const string DecoderIds = "decoder_input_ids";
    internal const string PixelValues = "pixel_values";

    /// <summary>What axes that are free usually are; null for those that are not.</summary>
    public IReadOnlyList<int?> Usual { get; init; } = [.. Sizes.Select(_ => (int?)null)];

    private string Form => string.Join('×', Sizes.Select((s, i) => s?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Axes[i]));

    internal static FolderInput Tokens(string name, int? most, bool isOptional = false) =>
        new(name, ElementKind.Index, [null, null], ["batch", "tokens"], isOptional) { Usual = [null, Math.Min(most ?? UsualTokens, UsualTokens)] };

    internal static FolderInput Images(FolderConfig config, int? side) =>
        new(PixelValues, ElementKind.Real, [null, config.Size("num_channels", 3), side, side], ["batch", "channels", "height", "width"]) { Usual = [null, null, UsualSide, UsualSide] };

    /// <summary>A shape that was given for it.</summary>
    /// <exception cref="FolderException">It is of another form.</exception>
    internal Shape Checked(IReadOnlyList<int> given) =>
        given.Count == Sizes.Count && given.Zip(Sizes).All(p => p.First > 0 && (p.Second is null || p.Second == p.First)) ? new Shape([.. given])
        : throw new FolderException($"its network takes {Name} of {Form}, and {string.Join('×', given)} is given");

    /// <summary>That no shape was given for it.</summary>
    internal FolderException Missing() =>
        new($"its network takes {Name} of a shape that is not given: give --input {Name}={string.Join('x', Sizes.Select((s, i) => s ?? Usual[i] ?? 1))}, or an array '{Name}'");
}

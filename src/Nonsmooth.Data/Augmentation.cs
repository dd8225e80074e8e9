using System.Globalization;

namespace Nonsmooth.Data;

/// <summary>How training images are drawn anew in every epoch.</summary>
/// <param name="Padding">
/// Black pixels put around the image before a window of its size is cut out at random; 0, the default, for no crop.
/// </param>
/// <param name="Flip">Whether half of the images are mirrored left to right. Default false.</param>
public sealed record Augmentation(int Padding = 0, bool Flip = false)
{
    /// <summary>Images as they are.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>For example <c>crop 4, flip</c>.</summary>
    public override string ToString() => this == None
        ? "none"
        : string.Join(", ", new[] { Padding > 0 ? string.Create(CultureInfo.InvariantCulture, $"crop {Padding}") : null, Flip ? "flip" : null }.OfType<string>());
}

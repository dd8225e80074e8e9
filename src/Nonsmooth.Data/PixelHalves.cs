namespace Nonsmooth.Data;

/// <summary>Both halves of a data set of images.</summary>
internal sealed record PixelHalves(PixelHalf Train, PixelHalf Test);

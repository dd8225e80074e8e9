namespace Nonsmooth.LibTorch.Measurement;

/// <summary>What the time of a node is predicted from.</summary>
/// <param name="Kinds">Names of the kernel's kind, the narrowest first: <c>conv2d 3x3</c>, <c>conv2d</c>, <c>any</c>.</param>
/// <param name="Features">Amounts that the time is linear in; the first is 1, for the fixed cost.</param>
/// <param name="Position">Sizes in octaves, along which the residuals of the fit are smoothed.</param>
internal sealed record KernelSample(IReadOnlyList<string> Kinds, double[] Features, double[] Position);

using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>A weight that an adapter changes, as it was met when the network was built.</summary>
/// <param name="Weight">The weight's name in the program.</param>
/// <param name="First">A [r, inputs]; of an embedding, [r, rows].</param>
/// <param name="Second">B [outputs, r].</param>
/// <param name="Magnitude">The lengths [outputs] of DoRA; null without.</param>
/// <param name="Scale">What B·A is multiplied by.</param>
/// <param name="IsTransposed">Whether the weight is [inputs, outputs]: of GPT-2's layers, and of embeddings.</param>
/// <param name="IsHead">Whether it is the head's.</param>
internal sealed record AdaptedWeight(string Weight, StoredTensor First, StoredTensor Second, StoredTensor? Magnitude, double Scale, bool IsTransposed, bool IsHead);

using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>A linear classifier in the place of a folder's own.</summary>
/// <param name="Classes">How many labels it tells apart.</param>
/// <param name="Weight">[classes, features].</param>
/// <param name="Bias">[classes].</param>
public sealed record FolderClassifier(int Classes, float[] Weight, float[] Bias)
{
    /// <summary>Its tensors, in the types of those that they replace.</summary>
    internal IEnumerable<KeyValuePair<string, StoredTensor>> Tensors(string name, IReadOnlyDictionary<string, StoredTensor> own)
    {
        yield return KeyValuePair.Create($"{name}.weight", StoredTensor.Rounded(own[$"{name}.weight"].Type, Weight, Classes, Weight.Length / Classes));
        yield return KeyValuePair.Create($"{name}.bias", StoredTensor.Rounded(own[$"{name}.bias"].Type, Bias, Classes));
    }
}

namespace Nonsmooth.Data;

/// <summary>The tokens that a network of a file takes.</summary>
/// <param name="Network">What users call the network.</param>
/// <param name="Kinds">How many there are.</param>
/// <param name="Tokenizer">What cuts texts into them; null where the file does not say.</param>
public sealed record NetworkText(string Network, int Kinds, TextTokenizer? Tokenizer)
{
    /// <summary>What cuts texts.</summary>
    /// <exception cref="NonsmoothException">Nothing is said to.</exception>
    internal TextTokenizer Required => Tokenizer ?? throw new NonsmoothException(
        $"'{Network}' has no tokenizer (tokenizer.model, tokenizer.json, or vocab.json and merges.txt) to read a text by: put one there, or give its token ids, text:FILE.bin of 16 bits each, or arrays of them");
}

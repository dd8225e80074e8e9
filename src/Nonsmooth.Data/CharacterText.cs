namespace Nonsmooth.Data;

/// <summary>A text whose tokens are its characters.</summary>
public static class CharacterText
{
    /// <summary>Numbers the kinds of characters (UTF-16 units) that occur, in their order, and encodes the text.</summary>
    /// <param name="source">What the text is, for <see cref="TokenFile.Source"/>.</param>
    /// <param name="text">At least one character.</param>
    /// <exception cref="NonsmoothException">The text is empty.</exception>
    public static TokenFile Encode(string source, string text)
    {
        if (text.Length == 0)
        {
            throw new NonsmoothException($"the text {source} is empty: give one with at least a character");
        }

        var number = new ushort[char.MaxValue + 1];
        char[] kinds = [.. text.Distinct().Order()];
        for (int i = 0; i < kinds.Length; i++)
        {
            number[kinds[i]] = (ushort)i;
        }

        return new TokenFile(source, [.. kinds.Select(kind => kind.ToString())], text.Select(character => number[character]).ToArray());
    }
}

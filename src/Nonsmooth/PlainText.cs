using System.Globalization;
using System.Text;

namespace Nonsmooth;

/// <summary>Texts that a user or a file gave, made fit for one line of a terminal.</summary>
public static class PlainText
{
    /// <summary>The text with control characters, line ends and halves of surrogate pairs written as <c>\u001B</c>; as it is where it has none.</summary>
    public static string Of(string text)
    {
        int first = 0;
        while (first < text.Length && !IsHidden(text, first))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var plain = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            if (IsHidden(text, i))
            {
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    // Beside controls: what reorders a line or breaks it, by which a name can pass for another.
    private static bool IsHidden(string text, int at) => char.GetUnicodeCategory(text[at]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => text[at] is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F',
        UnicodeCategory.Surrogate => !(char.IsHighSurrogate(text[at])
            ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : at > 0 && char.IsHighSurrogate(text[at - 1])),
        _ => false,
    };
}

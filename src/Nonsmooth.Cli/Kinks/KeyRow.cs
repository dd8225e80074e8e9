using System.Globalization;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Selections;

namespace Nonsmooth.Cli.Kinks;

/// <summary>One key of the selection, and what presets take under it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Topic">What is chosen.</param>
/// <param name="Sides">The default choice and the first other, in words.</param>
/// <param name="Default">The rule that holds without another.</param>
/// <param name="Others">What an audit tries instead.</param>
/// <param name="Functions">The functions that read it.</param>
/// <param name="Choices">What each preset takes.</param>
internal sealed record KeyRow(
    string Name, string Topic, string Sides, string Default, IReadOnlyList<string> Others, IReadOnlyList<string> Functions, IReadOnlyList<string> Choices)
{
    public static KeyRow Of(SelectionKey key, IEnumerable<string> functions, IEnumerable<Preset> presets) => new(
        key.Name,
        key.Topic,
        key.Sides,
        Text(key.DefaultRule),
        [.. key.OtherRules.Select(Text)],
        [.. functions.Distinct().Order(StringComparer.Ordinal)],
        [.. presets.Select(p => Text(key.RuleOf(p.Selection)))]);

    /// <summary>Keys as a table.</summary>
    public static Table Table(IEnumerable<KeyRow> rows, IReadOnlyList<string> presets) => Documents.Table.Of(
        rows,
        [
            (Column.Code("key"), k => k.Name),
            (Column.Text("what is chosen"), k => k.Topic),
            .. presets.Select((p, i) => (Column.Right(p), (Func<KeyRow, object?>)(k => k.Choices[i]))),
        ]);

    private static string Text(object rule) => Convert.ToString(rule, CultureInfo.InvariantCulture)!;
}

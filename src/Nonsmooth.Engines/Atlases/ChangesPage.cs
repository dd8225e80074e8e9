using System.Globalization;
using System.Text;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Engines.Atlases;

/// <summary>What changed between versions, and between ways to run.</summary>
internal static class ChangesPage
{
    // Measured with one script, five seeds, one thread, PyTorch 2.13.0 and 2.14.1: accuracy under an attack whose clamp is inside.
    private static readonly double[] _before = [54.8, 47.9, 37.5, 31.0, 37.4];
    private static readonly double[] _after = [89.3, 87.8, 89.8, 90.1, 87.5];

    public static Page Of(Atlas atlas)
    {
        var text = new StringBuilder();
        text.Append("""
            <h2>Where one slope decides: clamp in PyTorch 2.14</h2>
            <p>From 2.13 to 2.14 clamp's slope at a bound that is a number went from 1 to 0; nothing else in the script differs.<br>
            An attack on a network of two convolutions runs its gradient through clamp(x + d, 0, 1); four fifths of MNIST's pixels are exactly 0, the bound.<br>
            With slope 0 the attack does not see them: the same networks, measured by it, seem robust (88 % and more instead of 31 to 55 %).<br>
            Trained on such attacks, and attacked by a method whose clamp is outside the gradient, they keep 28 to 48 % instead of 80 to 87 %.<br>
            <code>nonsmooth audit MODEL --profiles pytorch-2.13.jsonl.gz,pytorch-2.14.jsonl.gz</code> names the node before training does: attack.clamp, 81 % of whose elements lie on a bound, in 20 batches of 20.</p>

            """);
        text.Append(Figure());
        foreach (var diff in atlas.Changes)
        {
            int rounding = diff.Cells.Count(c => c.IsRounding);
            text.Append(CultureInfo.InvariantCulture, $"<h2>{diff.First} and {diff.Second}</h2><p>{diff.Compared:N0} numbers compared, {diff.Cells.Count - rounding:N0} differ, {rounding:N0} by rounding; {diff.Causes.Count} causes.</p><ul>")
                .AppendJoin("", diff.Causes.Select(c => $"<li>{AtlasText.Escape(c.Line)}</li>")).Append("</ul>\n");
        }

        var answer = new Lead(
            "One slope that changed from PyTorch 2.13 to 2.14 makes the same networks look robust against an attack that they do not withstand.",
            ("right under attack, slope 1 (2.13)", "31 to 55 %"),
            ("right under attack, slope 0 (2.14)", "88 to 90 %"),
            ("versions and ways to run compared", atlas.Changes.Count.ToString(CultureInfo.InvariantCulture)));
        return AtlasPage.Of("Changes", "", answer, text.ToString());
    }

    private static string Figure()
    {
        const string said = "Accuracy under the attack, five seeds: 31 to 55 percent with slope 1, 88 to 90 percent with slope 0";
        var text = new StringBuilder($"<svg viewBox=\"0 0 500 232\" role=\"img\" aria-label=\"{said}\">\n<text class=\"head\" x=\"0\" y=\"14\">accuracy of the same networks under the attack, %</text>\n");
        for (int tick = 0; tick <= 100; tick += 25)
        {
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"{(tick == 0 ? "base" : "grid")}\" d=\"M{At(tick):F0} 24V208\"/><text class=\"tick\" x=\"{At(tick):F0}\" y=\"224\" text-anchor=\"middle\">{tick}</text>\n");
        }

        for (int i = 0; i < _before.Length; i++)
        {
            int y = 28 + (i * 36);
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + 18}\">seed {i + 1}</text>").Append(Bar("c0", y, _before[i], "2.13")).Append(Bar("c1", y + 14, _after[i], "2.14"));
        }

        return $"<div class=\"chart small\">\n{Page.Wide(said, text.Append("</svg>").ToString())}</div>\n";
    }

    private static string Bar(string colour, int y, double percent, string version) => string.Create(
        CultureInfo.InvariantCulture,
        $"<rect class=\"bar {colour}\" x=\"{At(0):F0}\" y=\"{y}\" width=\"{At(percent) - At(0):F1}\" height=\"12\"/><text class=\"value\" x=\"{At(percent) + 5:F0}\" y=\"{y + 10}\">{percent:F1} ({version})</text>\n");

    private static double At(double percent) => 60 + (3.4 * percent);
}

using System.Globalization;
using System.Text;

namespace Nonsmooth.Engines.Atlases;

/// <summary>What changed between versions, and between ways to run.</summary>
internal static class ChangesPage
{
    // Measured with one script, five seeds, one thread, PyTorch 2.13.0 and 2.14.1: accuracy under an attack whose clamp is inside.
    private static readonly double[] _before = [54.8, 47.9, 37.5, 31.0, 37.4];
    private static readonly double[] _after = [89.3, 87.8, 89.8, 90.1, 87.5];

    public static string Of(Atlas atlas)
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
        Figure(text);
        foreach (var diff in atlas.Changes)
        {
            int rounding = diff.Cells.Count(c => c.IsRounding);
            text.Append(CultureInfo.InvariantCulture, $"<h2>{diff.First} and {diff.Second}</h2><p>{diff.Compared:N0} numbers compared, {diff.Cells.Count - rounding:N0} differ, {rounding:N0} by rounding; {diff.Causes.Count} causes.</p><ul>")
                .AppendJoin("", diff.Causes.Select(c => $"<li>{AtlasText.Escape(c.Line)}</li>")).Append("</ul>\n");
        }

        return AtlasPage.Of("Changes", "", text.ToString());
    }

    private static void Figure(StringBuilder text)
    {
        text.Append("<svg viewBox=\"0 0 460 190\" role=\"img\" aria-label=\"Accuracy under the attack, five seeds: 31 to 55 percent with slope 1, 88 to 90 percent with slope 0\" style=\"max-width:560px;width:100%\" font-size=\"12\" fill=\"currentColor\"><text x=\"0\" y=\"12\">accuracy of the same networks under the attack, %</text>");
        for (int i = 0; i < _before.Length; i++)
        {
            int y = 26 + (i * 32);
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + 15}\">seed {i + 1}</text><rect x=\"60\" y=\"{y}\" width=\"{3.6 * _before[i]:F0}\" height=\"11\" fill=\"var(--link)\"/><text x=\"{66 + (3.6 * _before[i]):F0}\" y=\"{y + 10}\">{_before[i]:F1} (2.13)</text><rect x=\"60\" y=\"{y + 13}\" width=\"{3.6 * _after[i]:F0}\" height=\"11\" fill=\"var(--notfinite)\"/><text x=\"{66 + (3.6 * _after[i]):F0}\" y=\"{y + 23}\">{_after[i]:F1} (2.14)</text>");
        }

        text.Append("</svg>\n");
    }
}

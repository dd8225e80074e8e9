using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nonsmooth.Sources.Tests;

/// <summary>The figure of README, made of the table by seed in docs/one-slope.md, and the means beside that table.</summary>
public sealed partial class OneSlopeTests
{
    private const int Left = 44;
    private const int Width = 310;
    private const int Gap = 54;
    private const int Top = 64;
    private const int Height = 190;

    private static readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "one-slope.md"));

    // A row a seed: attacked under slope 1 and 0, then trained and attacked without clamp, under slope 1 and 0.
    private static readonly double[][] _seeds = [.. Seed().Matches(_text).Select(m => m.Groups.Values.Skip(2).Select(g => double.Parse(g.Value, CultureInfo.InvariantCulture)).ToArray())];

    [Fact]
    public void TheFigureIsTheTable()
    {
        string path = Path.Combine(Repository.Root, "docs", "images", "one-slope.svg");
        if (Environment.GetEnvironmentVariable("NONSMOOTH_ACCEPT") == "1")
        {
            File.WriteAllText(path, Figure());
        }

        Assert.Equal(Figure(), File.ReadAllText(path));
    }

    [Theory]
    [InlineData("attacked through clamp", 0)]
    [InlineData("then attacked by a method", 2)]
    public void TheMeansAreThoseOfTheSeeds(string row, int column)
    {
        Assert.Equal(12, _seeds.Length);
        var means = Regex.Match(_text, Regex.Escape(row) + @"[^|]*\| ([\d.]+) \[[^|]*\| ([\d.]+) \[");
        Assert.True(means.Success);
        for (int slope = 0; slope < 2; slope++)
        {
            Assert.Equal(double.Parse(means.Groups[slope + 1].Value, CultureInfo.InvariantCulture), _seeds.Average(s => s[column + slope]), 0.1);
        }
    }

    private static string Figure()
    {
        int width = Left + (2 * Width) + Gap + 8;
        var svg = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{Top + Height + 44}}" role="img" font-family="system-ui, sans-serif" font-size="13">
            <title>Accuracy in percent, a line a seed: slope 1 beside slope 0</title>
            <style>
            text { fill: #1c2530; } .soft { fill: #5b6876; font-size: 12px; } .grid { stroke: #d5dbe2; } .pair { stroke: #5b6876; stroke-width: 1.5; } .one { fill: #d55e00; } .zero { fill: #0072b2; }
            @media (prefers-color-scheme: dark) { text { fill: #e6eaf0; } .soft { fill: #a3afbd; } .grid { stroke: #37414d; } .pair { stroke: #a3afbd; } .one { fill: #f28e3c; } .zero { fill: #56b4e9; } }
            </style>

            """));
        Panel(svg, Left, "How robust one network looks", "accuracy under an attack through clamp, %", 0);
        Panel(svg, Left + Width + Gap, "How robust training on it makes one", "accuracy under an attack without clamp, %", 2);
        int legend = Top + Height + 34;
        svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"one\" cx=\"{Left + 6}\" cy=\"{legend}\" r=\"5.5\"/><text x=\"{Left + 18}\" y=\"{legend + 4}\">slope 1 at the bound: PyTorch to 2.13</text>\n")
            .Append(CultureInfo.InvariantCulture, $"<rect class=\"zero\" x=\"{Left + Width + Gap}\" y=\"{legend - 5}\" width=\"10\" height=\"10\"/><text x=\"{Left + Width + Gap + 18}\" y=\"{legend + 4}\">slope 0: from 2.14 on; a pair is a seed</text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, int left, string title, string what, int column)
    {
        Line($"<text x=\"{left}\" y=\"18\" font-weight=\"600\">{title}</text>");
        Line($"<text class=\"soft\" x=\"{left}\" y=\"36\">{what}</text>");
        for (int percent = 0; percent <= 100; percent += 25)
        {
            Line($"<path class=\"grid\" d=\"M{left} {Y(percent):F1}H{left + Width}\"/><text class=\"soft\" x=\"{left - 8}\" y=\"{Y(percent) + 4:F1}\" text-anchor=\"end\">{percent}</text>");
        }

        double slot = (double)Width / _seeds.Length;
        for (int i = 0; i < _seeds.Length; i++)
        {
            double x = left + (slot * (i + 0.5));
            var (one, zero) = (_seeds[i][column], _seeds[i][column + 1]);
            Line($"<path class=\"pair\" d=\"M{x:F1} {Y(one):F1}V{Y(zero):F1}\"/><circle class=\"one\" cx=\"{x:F1}\" cy=\"{Y(one):F1}\" r=\"5.5\"/><rect class=\"zero\" x=\"{x - 5:F1}\" y=\"{Y(zero) - 5:F1}\" width=\"10\" height=\"10\"/>");
        }

        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

        static double Y(double percent) => Top + (Height * (1 - (percent / 100)));
    }

    [GeneratedRegex(@"^\| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Seed();
}

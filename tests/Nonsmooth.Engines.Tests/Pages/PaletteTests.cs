using System.Globalization;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Engines.Tests.Pages;

/// <summary>Contrast as WCAG 2 defines it, and colours as eyes without one kind of cone see them.</summary>
public sealed class PaletteTests
{
    // Distances in CIE L*a*b* (1976); 2.3 is just seen.
    private const double _apart = 12;

    // G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG 15 (2009), table 1 at severity 1.
    private static readonly Dictionary<string, double[]> _eyes = new()
    {
        ["usual"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    public static TheoryData<string, bool> Views
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string eye in _eyes.Keys)
            {
                data.Add(eye, false);
                data.Add(eye, true);
            }

            return data;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TextIsReadOnEveryGround(bool dark) => Assert.All(
        from text in Of(SwatchUse.Text) from ground in Of(SwatchUse.Ground) select (text, ground),
        pair => Assert.True(Contrast(pair.text, pair.ground, dark) >= 4.5, $"{pair.text.Name} on {pair.ground.Name}: {Contrast(pair.text, pair.ground, dark)}"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InkIsReadOnEveryTint(bool dark) => Assert.All(
        Of(SwatchUse.Tint),
        tint => Assert.True(Contrast(Palette.All.Single(s => s.Name == "ink"), tint, dark) >= 4.5, tint.Name));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GraphicsAreSeenOnEveryGround(bool dark) => Assert.All(
        from graphic in Of(SwatchUse.Graphic) from ground in Of(SwatchUse.Ground) select (graphic, ground),
        pair => Assert.True(Contrast(pair.graphic, pair.ground, dark) >= 3, $"{pair.graphic.Name} on {pair.ground.Name}: {Contrast(pair.graphic, pair.ground, dark)}"));

    [Theory]
    [MemberData(nameof(Views))]
    public void GraphicsAreToldApart(string eye, bool dark)
    {
        var seen = Of(SwatchUse.Graphic).Select(s => (s.Name, Lab: Lab(_eyes[eye], Linear(s, dark)))).ToList();
        Assert.All(
            from one in seen from other in seen where string.CompareOrdinal(one.Name, other.Name) < 0 select (one, other),
            pair => Assert.True(Distance(pair.one.Lab, pair.other.Lab) >= _apart, $"{pair.one.Name} and {pair.other.Name}: {Distance(pair.one.Lab, pair.other.Lab)}"));
    }

    /// <summary>The simulation itself: red and green are far apart for usual eyes and near for those without one of the two cones.</summary>
    [Fact]
    public void TheSimulationTakesRedAndGreenTogether()
    {
        Swatch red = new("red", SwatchUse.Graphic, "#b8500f", ""), green = new("green", SwatchUse.Graphic, "#808000", "");
        double As(string eye) => Distance(Lab(_eyes[eye], Linear(red, false)), Lab(_eyes[eye], Linear(green, false)));
        Assert.True(As("usual") > 40 && As("deuteranopia") < As("usual") / 2, $"{As("usual")}, {As("deuteranopia")}");
        Assert.Equal(21, Contrast(new("black", SwatchUse.Text, "#000000", ""), new("white", SwatchUse.Ground, "#ffffff", ""), false), 6);
    }

    [Fact]
    public void EveryColourOfTheStyleSheetIsOfTheTable()
    {
        string rest = PageStyle.Css.Replace(Palette.Css, "", StringComparison.Ordinal);
        Assert.DoesNotMatch("#[0-9a-fA-F]{3,8}\\b|rgb\\(|hsl\\(", rest);
        Assert.All(System.Text.RegularExpressions.Regex.Matches(PageStyle.Css, @"var\(--([a-z0-9]+)\)").Select(m => m.Groups[1].Value).Distinct(), name => Assert.True(name == "c" || Palette.All.Any(s => s.Name == name), name));
    }

    private static IEnumerable<Swatch> Of(SwatchUse use) => Palette.All.Where(s => s.Use == use);

    private static double Contrast(Swatch one, Swatch other, bool dark)
    {
        double[] both = [Luminance(Linear(one, dark)), Luminance(Linear(other, dark))];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    private static double Luminance(double[] c) => (0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2]);

    private static double[] Linear(Swatch swatch, bool dark)
    {
        string hex = dark ? swatch.Dark : swatch.Light;
        return [.. Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
    }

    private static double[] Lab(double[] eye, double[] colour)
    {
        double[] c = [.. Enumerable.Range(0, 3).Select(i => Math.Clamp((eye[3 * i] * colour[0]) + (eye[(3 * i) + 1] * colour[1]) + (eye[(3 * i) + 2] * colour[2]), 0, 1))];
        double x = F(((0.4124564 * c[0]) + (0.3575761 * c[1]) + (0.1804375 * c[2])) / 0.95047);
        double y = F((0.2126729 * c[0]) + (0.7151522 * c[1]) + (0.0721750 * c[2]));
        double z = F(((0.0193339 * c[0]) + (0.1191920 * c[1]) + (0.9503041 * c[2])) / 1.08883);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());
}

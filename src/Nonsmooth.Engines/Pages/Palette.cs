namespace Nonsmooth.Engines.Pages;

/// <summary>Every colour of every page.</summary>
internal static class Palette
{
    /// <summary>The table that style sheets are made of.</summary>
    // Graphics follow Okabe and Ito, "Color Universal Design" (2008), darkened or lightened until each has its contrast and all are far apart, whatever cones are missing.
    public static IReadOnlyList<Swatch> All { get; } =
    [
        new("page", SwatchUse.Ground, "#ffffff", "#14181e"),
        new("panel", SwatchUse.Ground, "#f3f5f8", "#1e242c"),
        new("ink", SwatchUse.Text, "#1c2530", "#e6eaf0"),
        new("soft", SwatchUse.Text, "#55616e", "#a8b3c0"),
        new("link", SwatchUse.Text, "#0b57a4", "#82b7f2"),
        new("line", SwatchUse.Rule, "#cfd6de", "#37414d"),
        new("c0", SwatchUse.Graphic, "#0a72b1", "#4192cd"),
        new("c1", SwatchUse.Graphic, "#c27c00", "#e69f00"),
        new("c2", SwatchUse.Graphic, "#009668", "#00b386"),
        new("c3", SwatchUse.Graphic, "#c1739f", "#cc79a7"),
        new("c4", SwatchUse.Graphic, "#0092e0", "#9ad3f5"),
        new("c5", SwatchUse.Graphic, "#c15540", "#e8703a"),
        new("c6", SwatchUse.Graphic, "#786800", "#f0e442"),
        new("c7", SwatchUse.Graphic, "#555555", "#b9c0c8"),
        new("right", SwatchUse.Tint, "#e8f3ea", "#1d3324"),
        new("rounded", SwatchUse.Tint, "#eef1f6", "#262b36"),
        new("conservative", SwatchUse.Tint, "#fff1cf", "#4a3d12"),
        new("another", SwatchUse.Tint, "#e9e3f7", "#352a55"),
        new("split", SwatchUse.Tint, "#ffd9b8", "#5c3610"),
        new("outside", SwatchUse.Tint, "#ffb3a8", "#6d2a20"),
        new("zero", SwatchUse.Tint, "#ff9a9a", "#7a2226"),
        new("notfinite", SwatchUse.Tint, "#f47f8f", "#87233a"),
        new("written", SwatchUse.Tint, "#f6dfe3", "#452630"),
    ];

    /// <summary>How many colours lines and areas have.</summary>
    public static int Graphics { get; } = All.Count(s => s.Use == SwatchUse.Graphic);

    /// <summary>The table as variables: light, and dark where a screen asks for it; paper is light.</summary>
    public static string Css { get; } =
        $":root{{color-scheme:light dark;{Variables(s => s.Light)}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{Variables(s => s.Dark)}}}}}\n"
        + string.Concat(All.Where(s => s.Use == SwatchUse.Graphic).Select(s => $".{s.Name}{{--c:var(--{s.Name})}}"))
        + string.Concat(All.Where(s => s.Use == SwatchUse.Tint).Select(s => $".{s.Name}{{background:var(--{s.Name})}}")) + "\n";

    private static string Variables(Func<Swatch, string> colour) => string.Concat(All.Select(s => $"--{s.Name}:{colour(s)};"));
}

namespace Nonsmooth.Engines.Pages;

/// <summary>A colour by its name on pages, by day and by night.</summary>
/// <param name="Name">Its name as a variable of CSS.</param>
/// <param name="Use">What it is for, hence which contrast it owes.</param>
/// <param name="Light">On light pages, as #rrggbb.</param>
/// <param name="Dark">On dark pages.</param>
internal sealed record Swatch(string Name, SwatchUse Use, string Light, string Dark);

/// <summary>What a colour is for.</summary>
internal enum SwatchUse
{
    /// <summary>Text and graphics stand on it.</summary>
    Ground,

    /// <summary>Text: 4.5 to 1 on every ground.</summary>
    Text,

    /// <summary>Lines and areas that mean something: 3 to 1 on every ground, and told apart from each other.</summary>
    Graphic,

    /// <summary>Text stands on it, and its meaning is written there too.</summary>
    Tint,

    /// <summary>Means nothing: rules and grids.</summary>
    Rule,
}

using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Cli.Kinks;

/// <summary>The catalogue of kinks, measured.</summary>
/// <param name="Profiles">The profiles, in the order in which rows list their gradients.</param>
/// <param name="Rows">One a point.</param>
internal sealed record CatalogueSheet(IReadOnlyList<ProfileName> Profiles, IReadOnlyList<CatalogueRow> Rows)
{
    /// <summary>Measures profiles.</summary>
    public static CatalogueSheet Of(params IReadOnlyList<Profile> profiles)
    {
        var table = KinkTable.Measure(profiles);
        return new(
            [.. profiles.Select(p => new ProfileName(p.Name, p.StandsFor, p.Origin))],
            [.. table.Readings.Select(r => new CatalogueRow(r.Row.Group, r.Row.Id, r.Row.Spelling.Name, r.Row.Spelling.Shown, r.Row.Point, r.Value, r.Values, r.ObeysItsRule, r.Row.Remark))]);
    }
}

/// <summary>One profile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StandsFor">What it is.</param>
/// <param name="Origin">Where it was found.</param>
internal sealed record ProfileName(string Name, string StandsFor, string Origin);

/// <summary>One point of one function.</summary>
/// <param name="Group">The family.</param>
/// <param name="Id">A stable name.</param>
/// <param name="Spelling">The spelling of the catalogue that it is a point of.</param>
/// <param name="Expression">The function as users write it.</param>
/// <param name="Point">The point.</param>
/// <param name="Value">The function's values there.</param>
/// <param name="Gradients">One a profile.</param>
/// <param name="ObeysItsRule">Whether libtorch's gradient follows the rule libtorch documents, where that decides.</param>
/// <param name="Remark">What one should know.</param>
internal sealed record CatalogueRow(
    string Group,
    string Id,
    string Spelling,
    string Expression,
    IReadOnlyList<double> Point,
    IReadOnlyList<double> Value,
    IReadOnlyList<KinkValue> Gradients,
    bool? ObeysItsRule,
    string? Remark);

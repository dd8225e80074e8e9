using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Profiles;

/// <summary>The catalogue evaluated under some profiles.</summary>
/// <param name="Profiles">The profiles, in the order of every reading's values.</param>
/// <param name="Readings">One a row.</param>
public sealed record KinkTable(IReadOnlyList<Profile> Profiles, IReadOnlyList<KinkReading> Readings)
{
    /// <summary>Evaluates rows.</summary>
    /// <param name="profiles">The profiles.</param>
    /// <param name="rows">The rows; all of <see cref="KinkRows.All"/> if null.</param>
    /// <exception cref="NonsmoothException">libtorch cannot be loaded, or its autograd cannot be read.</exception>
    public static KinkTable Measure(IReadOnlyList<Profile> profiles, IReadOnlyList<KinkRow>? rows = null) =>
        new(profiles, [.. (rows ?? KinkRows.All).Select(row => Read(row, profiles))]);

    /// <summary>The rows at which two profiles differ, among those that both know.</summary>
    public IEnumerable<KinkReading> Differing(Profile first, Profile second)
    {
        int a = Index(first), b = Index(second);
        return Readings.Where(r => r.Values[a].Gradient is not null && r.Values[b].Gradient is not null && !r.Values[a].Agrees(r.Values[b]));
    }

    private int Index(Profile profile) => Profiles.ToList().IndexOf(profile) is var i and >= 0 ? i : throw new NonsmoothException(
        $"the table has no profile '{profile.Name}': it was measured for {string.Join(", ", Profiles.Select(p => p.Name))}");

    private static KinkReading Read(KinkRow row, IReadOnlyList<Profile> profiles)
    {
        AutogradMeasurement live;
        try
        {
            live = AutogradProbe.Measure(row.Point, row.Live);
        }
        catch (LibTorchException refusal)
        {
            var refused = new KinkValue(null, KinkSource.Refused, Note: refusal.Message);
            return new KinkReading(row, [], [.. profiles.Select(p => p.Kind is ProfileKind.Live or ProfileKind.Successor ? refused : KinkValue.Unknown)], null);
        }

        var around = Neighbourhood.Around(row, live.Value.Sum());
        var values = profiles.Select(p => Judged(KinkValuation.Of(row, p, live.Gradient, around), row, p, around)).ToList();
        return new KinkReading(row, live.Value, values, ObeysItsRule([.. live.Gradient], around));
    }

    private static KinkValue Judged(KinkValue value, KinkRow row, Profile profile, Neighbourhood? around)
    {
        if (value is not { Gradient: { } gradient, Label: null })
        {
            return value;
        }

        var label = Label([.. gradient], around);
        return value with
        {
            Label = label,
            IsAdmissible = label is KinkLabel.OutsideHull or KinkLabel.OutsideSpan or KinkLabel.NotTheGradient
                ? KinkValuation.IsAdmissible(row, value, profile.Kind == ProfileKind.Live ? Selection.Default : profile.Selection)
                : null,
        };
    }

    private static KinkLabel Label(double[] gradient, Neighbourhood? around) =>
        gradient.Any(double.IsNaN) ? KinkLabel.NaN
        : around is null ? KinkLabel.Unjudged
        : around.Steepens ? KinkLabel.NotLipschitz
        : around.Jumps ? KinkLabel.Jump
        : gradient.Any(double.IsInfinity) ? KinkLabel.OutsideSpan
        : around.Hull.Contains(gradient) ? KinkLabel.Clarke
        : around.Hull.IsPoint ? KinkLabel.NotTheGradient
        : around.Hull.Spans(gradient) ? KinkLabel.OutsideHull
        : KinkLabel.OutsideSpan;

    private static bool? ObeysItsRule(double[] gradient, Neighbourhood? around) =>
        around is null || around.Jumps || around.Steepens ? null
        : around.Hull.IsPoint || around.IsConvexOrConcave
            ? gradient.Zip(around.Hull.Least, (a, b) => KinkValue.Same(a, b, 1e-3)).All(static same => same)
            : null;
}

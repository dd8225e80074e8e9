namespace Nonsmooth.Reliability.Profiles;

/// <summary>A gradient that a profile has at a row's point.</summary>
/// <param name="Gradient">One number per coordinate, or null where nothing is known.</param>
/// <param name="Source">How it was obtained.</param>
/// <param name="Evidence">For a framework that is not run: how its convention is known.</param>
/// <param name="Label">What the gradient is; null without one.</param>
/// <param name="Note">Why there is none.</param>
public sealed record KinkValue(
    IReadOnlyList<double>? Gradient, KinkSource Source, Evidence? Evidence = null, KinkLabel? Label = null, string? Note = null)
{
    /// <summary>
    /// For a gradient that is not Clarke's: whether it is what backprop of the row's program takes at the point under a
    /// selection with which it is conservative, by the chain rule. Then it is an element of a conservative field of that
    /// program. False where that is not shown; null where it was not asked.
    /// </summary>
    public bool? IsAdmissible { get; init; }

    /// <summary>Nothing is known.</summary>
    public static KinkValue Unknown { get; } = new(null, KinkSource.Unknown);

    /// <summary>Whether two gradients are the same numbers: to 10⁻⁹ of their size, NaN equal to NaN, −0 to 0.</summary>
    public bool Agrees(KinkValue other) => (Gradient, other.Gradient) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        var (g, h) => g.Count == h.Count && g.Zip(h).All(static p => Same(p.First, p.Second)),
    };

    internal static bool Same(double a, double b, double tolerance = 1e-9) =>
        a.Equals(b) || a == b || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
}

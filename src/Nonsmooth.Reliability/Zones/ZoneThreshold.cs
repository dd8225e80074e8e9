using System.Globalization;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Zones;

/// <summary>The distance beyond which a difference of gradients counts as a bifurcation.</summary>
/// <param name="Value">The distance τ, not negative.</param>
/// <param name="Norm">In which norm.</param>
/// <param name="Source">Where it comes from: <c>published</c> or <c>calibrated</c>.</param>
public sealed record ZoneThreshold(double Value, GradientNorm Norm, string Source)
{
    /// <summary>The thresholds of the volume study, in Σ‖·‖∞: 1e-3, 1e-7 and 1e-15 at 16, 32 and 64 bits.</summary>
    /// <returns>Null for formats that were not studied.</returns>
    /// <remarks>They are absolute, found on VGG11. Source: reliability specification, 1.3.</remarks>
    public static ZoneThreshold? Published(Precision precision) => precision switch
    {
        Precision.Float16 => new(1e-3, GradientNorm.SumInfinity, "published"),
        Precision.Float32 => new(1e-7, GradientNorm.SumInfinity, "published"),
        Precision.Float64 => new(1e-15, GradientNorm.SumInfinity, "published"),
        _ => null,
    };

    /// <summary>The zone of a distance.</summary>
    public Zone Of(GradientDistance distance) =>
        distance.IsZero ? Zone.Equal : distance.In(Norm) <= Value ? Zone.Compensation : Zone.Bifurcation;

    /// <summary><c>Σ‖·‖∞ &gt; 1e-7 (published)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Norm == GradientNorm.SumL1 ? "Σ‖·‖₁" : "Σ‖·‖∞")} > {Value:0.##e-0} ({Source})");
}

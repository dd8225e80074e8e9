namespace Nonsmooth.Reliability.Zones;

/// <summary>How the gradients under two selections relate at one draw and one batch.</summary>
/// <remarks>Source: reliability specification, 1.2.</remarks>
public enum Zone
{
    /// <summary>The same bits.</summary>
    Equal,

    /// <summary>Different by rounding only: equal over the reals.</summary>
    Compensation,

    /// <summary>Different over the reals too: the gradient depends on an arbitrary choice.</summary>
    Bifurcation,
}

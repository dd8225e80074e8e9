using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Sites;

/// <summary>At which sites of a program two selections choose different derivatives.</summary>
public static class SelectionSites
{
    /// <summary>The sites whose derivative changes when one selection is replaced by another there and nowhere else.</summary>
    /// <param name="objective">The scalar program.</param>
    /// <param name="parameters">The inputs that the gradient is taken for.</param>
    /// <param name="reference">The selection that holds elsewhere.</param>
    /// <param name="other">The selection that is tried at each site.</param>
    /// <remarks>Decided from the gradient programs, without running them: they say what would be selected, not whether a kink is met.</remarks>
    public static IReadOnlyList<(KinkSite Site, Program Gradient)> Differing(
        Program objective, IReadOnlyList<string> parameters, Selection reference, Selection other)
    {
        string own = GradientRunner.Of(objective, parameters, reference).ToString();
        var sites = new List<(KinkSite, Program)>();
        foreach (var site in KinkSite.Of(objective))
        {
            var gradient = GradientRunner.Of(objective, parameters, reference.At(site.Node, other.For(site.Node)));
            if (gradient.ToString() != own)
            {
                sites.Add((site, gradient));
            }
        }

        return sites;
    }
}

using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Families;

/// <summary>Two gradient programs of one objective, which are compared.</summary>
/// <param name="Reference">P: the loss, then gradients.</param>
/// <param name="Other">Q, with the same inputs and outputs.</param>
/// <param name="Screens">
/// Whether P and Q differ at kinks of functions of one variable only: then a batch without an argument at one is passed over
/// (<see cref="KinkScreen"/>).
/// </param>
public sealed record GradientPair(Program Reference, Program Other, bool Screens)
{
    /// <summary>The backprops of a subject under the two selections of the options.</summary>
    /// <exception cref="NonsmoothException">There is no parameter of a name.</exception>
    public static GradientPair Of(IAuditSubject subject, AffectedOptions options)
    {
        var compared = options.Compared ?? subject.Parameters;
        Program Backprop(Selection s) => GradientRunner.Of(subject.Objective, compared, s);
        return new(Backprop(options.Reference), Backprop(options.Other), SeesAll(subject, compared, options));
    }

    // Ties of pools, sorts and maxima are no kinks of one variable: then every batch is run.
    private static bool SeesAll(IAuditSubject subject, IReadOnlyList<string> compared, AffectedOptions options)
    {
        var kinks = subject.Objective.Flatten(static c => c.HasVjp).Nodes
            .Where(n => n.Function.KinkPoints(Selection.Default).Count > 0).Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var sites = SelectionSites.Differing(subject.Objective, compared, options.Reference, options.Other);
        return sites.Count > 0 && sites.All(s => kinks.Contains(s.Site.Node));
    }
}

using Nonsmooth.LibTorch;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Families;

/// <summary>
/// The volume of S₀₁ = { θ : for some batch, the backprops under two selections differ }, by drawing θ: a draw stops at
/// its first affected batch.
/// </summary>
/// <remarks>
/// Numbers are compared: NaN equals NaN, +0 equals −0. Not thread-safe. Source: reliability specification, 1.2 and 2.6.
/// </remarks>
public static class AffectedDraws
{
    /// <summary>Runs it on the backprops of one program under two selections.</summary>
    /// <param name="subject">The program with its data.</param>
    /// <param name="options">What is compared, on how much; null for the defaults.</param>
    /// <param name="progress">Told the draws that are done.</param>
    /// <param name="cancellation">Stops between batches; the draws that are done are reported.</param>
    /// <exception cref="NonsmoothException">A number is out of its range, or there is no parameter of a name.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first draw was done.</exception>
    public static AffectedReport Run(
        IAuditSubject subject, AffectedOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var compared = options.Compared ?? subject.Parameters;
        Program Backprop(Selection s) => GradientRunner.Of(subject.Objective, compared, s);
        var screened = options.Screen && Screens(subject, compared, options) ? options : options with { Screen = false };
        return Run(subject, Backprop(options.Reference), Backprop(options.Other), screened, progress, cancellation);
    }

    /// <summary>Runs it on two gradient programs.</summary>
    /// <param name="subject">Where the inputs come from.</param>
    /// <param name="reference">P: the loss, then gradients.</param>
    /// <param name="other">Q, with the same inputs and outputs. If batches are screened, it differs from P at kinks of functions of one variable only.</param>
    /// <param name="options">On how much; its selections and <see cref="AffectedOptions.Compared"/> are not looked at.</param>
    /// <param name="progress">Told the draws that are done.</param>
    /// <param name="cancellation">Stops between batches; the draws that are done are reported.</param>
    public static AffectedReport Run(
        IAuditSubject subject,
        Program reference,
        Program other,
        AffectedOptions options,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        int batches = options.Batches ?? subject.Batches;
        if (options.Draws < 1 || batches < 1 || batches > subject.Batches)
        {
            throw new NonsmoothException($"{options.Draws} draws of {batches} batches: ask for at least 1 draw and 1 to {subject.Batches} batches");
        }

        using var p = new GradientRunner(reference, options.Precision, subject.Device);
        using var q = new GradientRunner(other, options.Precision, subject.Device);
        using var screen = options.Screen ? new KinkScreen(subject.Objective, options.Precision, subject.Device) : null;
        var draws = new List<AffectedDraw>();
        try
        {
            for (int draw = 0; draw < options.Draws; draw++)
            {
                draws.Add(One(subject, draw, batches, p, q, screen, cancellation));
                progress?.Report(draws.Count);
            }
        }
        catch (OperationCanceledException) when (draws.Count > 0)
        {
            // What is finished is worth having.
        }

        return new AffectedReport(options, batches, draws);
    }

    private static AffectedDraw One(
        IAuditSubject subject, int draw, int batches, GradientRunner p, GradientRunner q, KinkScreen? screen, CancellationToken cancellation)
    {
        long visits = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            var inputs = subject.Inputs(draw, batch);
            long here = screen?.Count(inputs) ?? 0;
            visits += here;
            if ((screen is null || here > 0) && Differ(p, q, inputs))
            {
                return new AffectedDraw(draw, batch, batch + 1, visits);
            }
        }

        return new AffectedDraw(draw, null, batches, visits);
    }

    private static bool Differ(GradientRunner p, GradientRunner q, IReadOnlyList<TorchTensor> inputs) =>
        !GradientDistance.Between(p.Run(inputs), q.Run(inputs)).IsZero;

    // Ties of pools, sorts and maxima are no kinks of one variable: then every batch is run.
    private static bool Screens(IAuditSubject subject, IReadOnlyList<string> compared, AffectedOptions options)
    {
        var kinks = subject.Objective.Flatten(static c => c.HasVjp).Nodes
            .Where(n => n.Function.KinkPoints(Selection.Default).Count > 0).Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var sites = SelectionSites.Differing(subject.Objective, compared, options.Reference, options.Other);
        return sites.Count > 0 && sites.All(s => kinks.Contains(s.Site.Node));
    }
}

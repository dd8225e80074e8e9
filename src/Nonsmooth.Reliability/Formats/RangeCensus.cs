using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Formats;

/// <summary>
/// Which numbers of a gradient a narrow format could not hold, and where a run in one is first not finite: who caused it.
/// </summary>
/// <remarks>
/// Run in single or double precision it says what would overflow or vanish in the 16- and 8-bit formats if every node's
/// results were stored in them; run in 16 bits it says what did. Source: reliability specification, 7, F16.
/// </remarks>
public static class RangeCensus
{
    /// <summary>Runs the gradient over draws and batches, and counts.</summary>
    /// <param name="subject">The program with its data.</param>
    /// <param name="options">Format, on how much; null for the defaults.</param>
    /// <param name="progress">Told the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <exception cref="NonsmoothException">There are fewer batches than asked for, or none, or no draw.</exception>
    public static RangeReport Run(
        IAuditSubject subject, RangeOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        if (options.Draws < 1 || options.Batches < 1 || options.Batches > subject.Batches)
        {
            throw new NonsmoothException(
                $"a census of {options.Draws} draws and {options.Batches} batches cannot be taken: give at least 1 of each, there are {subject.Batches} batches");
        }

        using var runner = new GradientRunner(subject.Objective, subject.Parameters, options.Selection, options.Precision, subject.Device);
        var observer = new RangeObserver(runner.Program, options.Precision);
        runner.Observer = observer.Observe;
        for (int run = 0; run < options.Draws * options.Batches; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            runner.RunOnly(subject.Inputs(run / options.Batches, run % options.Batches));
            progress?.Report((run + 1.0) / (options.Draws * options.Batches));
        }

        return observer.Report;
    }
}

using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Ties;

/// <summary>How often a program with its data meets its kinks in a format, and which of them backprop reaches.</summary>
/// <remarks>Source: reliability specification, 7, F4 and F15.</remarks>
public static class TieCensus
{
    /// <summary>Runs the gradient over draws and batches, and counts.</summary>
    /// <param name="subject">The program with its data.</param>
    /// <param name="options">Format, what is counted, on how much; null for the defaults.</param>
    /// <param name="progress">Told the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <returns>The counts; in its list of ties run r is batch r mod batches of draw r / batches.</returns>
    /// <exception cref="NonsmoothException">There are fewer batches than asked for, or none, or no draw.</exception>
    public static TieReport Run(
        IAuditSubject subject, TieOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        int batches = Batches(subject, options);
        var gradient = GradientRunner.Of(subject.Objective, subject.Parameters, options.Selection);
        using var runner = new GradientRunner(gradient, options.Precision, subject.Device);
        using var observer = new TieObserver(gradient, runner.Program, options.Precision, options);
        runner.Observer = observer.Observe;
        for (int run = 0; run < options.Draws * batches; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            runner.RunOnly(subject.Inputs(run / batches, run % batches));
            progress?.Report((run + 1.0) / (options.Draws * batches));
        }

        return observer.Report;
    }

    /// <summary>How many batches of each draw are asked for.</summary>
    /// <exception cref="NonsmoothException">There are fewer, or none, or no draw.</exception>
    internal static int Batches(IAuditSubject subject, TieOptions options)
    {
        int batches = options.Batches ?? subject.Batches;
        return options.Draws < 1 || batches < 1 || batches > subject.Batches
            ? throw new NonsmoothException(
                $"a census of {options.Draws} draws and {batches} batches cannot be taken: give at least 1 of each, there are {subject.Batches} batches")
            : batches;
    }
}

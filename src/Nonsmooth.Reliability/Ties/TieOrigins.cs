using System.Numerics;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Reliability.Formats;
using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Ties;

/// <summary>
/// A census of ties in a format and in 64 bits on the same parameters and data, matched place by place: which ties are the
/// program's, and which its rounding made.
/// </summary>
/// <remarks>
/// 64 bits stand for the exact program, which they are not: a tie of real numbers may be missed, and two different ones may tie,
/// where 64-bit rounding decides. Sites that only one of the two executions has are left out.
/// </remarks>
public static class TieOrigins
{
    /// <summary>Runs the program forward over draws and batches, in both formats, and counts.</summary>
    /// <param name="subject">The program with its data.</param>
    /// <param name="options">Format, and on how much; what else is counted is not looked at.</param>
    /// <param name="progress">Told the share that is done, from 0 to 1.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <exception cref="NonsmoothException">There are fewer batches than asked for, or none, or no draw.</exception>
    public static TieOriginReport Run(
        IAuditSubject subject, TieOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options = (options ?? new()) with { NearUlps = 0, Largest = 0 };
        int batches = TieCensus.Batches(subject, options);
        using var narrow = new MaskedRun(subject, options.Precision, options);
        using var wide = new MaskedRun(subject, Precision.Float64, options);
        var sites = narrow.Sites.Where(s => wide.Sites.Any(w => w.Count.Site == s.Count.Site && w.Count.Function == s.Count.Function))
            .Select(s => (Narrow: s, Wide: wide.Sites.First(w => w.Count.Site == s.Count.Site))).ToList();
        var counts = sites.Select(s => new TieOrigin(s.Narrow.Count.Site, s.Narrow.Count.Function, 0, 0, 0, 0)).ToList();
        for (int run = 0; run < options.Draws * batches; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            var inputs = subject.Inputs(run / batches, run % batches);
            narrow.Run(inputs);
            wide.Run(inputs);
            for (int s = 0; s < sites.Count; s++)
            {
                counts[s] += Compare(sites[s].Narrow, sites[s].Wide);
            }

            progress?.Report((run + 1.0) / (options.Draws * batches));
        }

        return new TieOriginReport(options.Precision, options.Draws * batches, counts);
    }

    private static TieOrigin Compare(TieSite narrow, TieSite wide)
    {
        var a = narrow.Mask;
        var b = wide.Mask;
        long both = 0;
        for (int word = 0; word < a.Length; word++)
        {
            both += BitOperations.PopCount(a[word] & b[word]);
        }

        return new TieOrigin("", "", narrow.Places, both, TieMask.Count(a) - both, TieMask.Count(b) - both);
    }

    /// <summary>The program in one format, its sites watched.</summary>
    private sealed class MaskedRun : IDisposable
    {
        private readonly GradientRunner _runner;
        private readonly TieObserver _observer;

        public MaskedRun(IAuditSubject subject, Precision precision, TieOptions options)
        {
            _runner = new GradientRunner(subject.Objective, precision, subject.Device);
            _observer = new TieObserver(subject.Objective, _runner.Program, precision, options);
            _runner.Observer = _observer.Observe;
        }

        public IReadOnlyList<TieSite> Sites => _observer.Sites;

        public void Run(IReadOnlyList<TorchTensor> inputs) => _runner.RunOnly(inputs);

        public void Dispose()
        {
            _observer.Dispose();
            _runner.Dispose();
        }
    }
}

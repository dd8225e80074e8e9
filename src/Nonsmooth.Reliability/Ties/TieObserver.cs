using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Formats;

namespace Nonsmooth.Reliability.Ties;

/// <summary>Counts ties while a compiled program runs: set <see cref="Observe"/> as its observer.</summary>
/// <remarks>
/// <para>Of a gradient program it also counts the active ties, those that a nonzero cotangent reaches. It watches every
/// node of the program as built whose function has kinks it can measure (<see cref="ElementaryFunction.HasGaps"/>); applications that are only repeated to save
/// memory are not counted twice. Functions that jump at all integers (floor, round) have no isolated kinks and are left out.</para>
/// <para>Values are read in place where they are single or double precision on the processor. It keeps one bit a place
/// between forward and backward. Not thread-safe.</para>
/// </remarks>
public sealed class TieObserver : IDisposable
{
    private readonly Node _first;
    private readonly Dictionary<string, List<TieSite>> _forward = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TieSite>> _backward = new(StringComparer.Ordinal);
    private readonly List<TieSite> _sites = [];
    private readonly LargestTies _largest;
    private readonly Precision _precision;
    private readonly bool _flushToZero;
    private int _runs;

    /// <summary>Finds the sites of a program.</summary>
    /// <param name="program">The program as it was compiled.</param>
    /// <param name="executed">The program as it runs: <see cref="CompiledProgram.Program"/>.</param>
    /// <param name="precision">The format it runs in.</param>
    /// <param name="options">What is counted; null for the defaults.</param>
    /// <exception cref="NonsmoothException">The number of units or of listed ties is negative, or the units are not finite.</exception>
    public TieObserver(Program program, Program executed, Precision precision, TieOptions? options = null)
    {
        options ??= new();
        if (!(options.NearUlps >= 0) || !double.IsFinite(options.NearUlps) || options.Largest < 0)
        {
            throw new NonsmoothException($"{options.NearUlps} units in the last place, {options.Largest} ties listed: give finite numbers, at least 0");
        }

        (_precision, _flushToZero) = (precision, options.FlushToZero ?? FlushToZero.Probe());
        _largest = new LargestTies(options.Largest);
        _first = executed.Nodes[0];
        foreach (var executedSite in ExecutedSite.Of(program, executed))
        {
            var site = new TieSite(executedSite, precision, _flushToZero, options);
            _sites.Add(site);
            Listed(_forward, executedSite.Trigger).Add(site);
            if (executedSite.Cotangent is { } cotangent)
            {
                Listed(_backward, cotangent.Node).Add(site);
            }
        }
    }

    /// <summary>The counts of all runs since the last <see cref="Clear"/>.</summary>
    public TieReport Report => new()
    {
        Precision = _precision,
        FlushToZero = _flushToZero,
        Runs = _runs,
        Sites = [.. _sites.Select(s => s.Count)],
        Largest = _largest.Sorted,
    };

    /// <summary>The sites that are watched, in the program's order.</summary>
    internal IReadOnlyList<TieSite> Sites => _sites;

    /// <summary>Time spent on each site of the report since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<TimeSpan> Times => [.. _sites.Select(s => s.Time)];

    /// <summary>Between which numbers the arguments of each site of the report were since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<ValueRange> Ranges => [.. _sites.Select(s => s.Range)];

    /// <summary>To be called after each node of a run: an observer of <see cref="CompiledProgram.Observer"/>.</summary>
    public void Observe(Node node, CompiledProgram run)
    {
        _runs += node == _first ? 1 : 0;
        if (_forward.TryGetValue(node.Name, out var applied))
        {
            applied.ForEach(s => s.Forward(run));
        }

        if (_backward.TryGetValue(node.Name, out var reached))
        {
            reached.ForEach(s => s.Backward(run, _largest, _runs - 1));
        }
    }

    /// <summary>Forgets all counts.</summary>
    public void Clear()
    {
        _runs = 0;
        _largest.Clear();
        _sites.ForEach(s => s.Clear());
    }

    /// <summary>Releases what a run that was broken off left.</summary>
    public void Dispose() => _sites.ForEach(s => s.Dispose());

    private static List<TieSite> Listed(Dictionary<string, List<TieSite>> lists, string node) =>
        lists.TryGetValue(node, out var list) ? list : lists[node] = [];
}

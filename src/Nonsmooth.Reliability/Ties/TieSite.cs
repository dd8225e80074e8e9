using System.Diagnostics;
using System.Numerics;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Reliability.Formats;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Ties;

/// <summary>A site that is watched: its counts so far, and the ties of the run in progress.</summary>
internal sealed class TieSite : IDisposable
{
    private readonly ExecutedSite _site;
    private readonly SiteMeasure _measure;
    private readonly Shape _shape;
    private readonly long _arguments;
    private readonly int _largest;
    private readonly int[] _values;
    private readonly ulong[] _mask;
    private TorchTensor? _tied;
    private long _ticks;

    public TieSite(ExecutedSite site, Precision precision, bool flushToZero, TieOptions options)
    {
        (_site, _shape, _largest) = (site, site.Shape, options.Largest);
        _values = [.. site.Arguments.Distinct()];
        _arguments = _values.Sum(v => site.Types[Array.IndexOf(site.Arguments, v)].Shape.Count64);
        _measure = new SiteMeasure(site.Function, site.Types, _shape.Elements, precision, options.NearUlps, flushToZero);
        _mask = new ulong[(_shape.Elements + 63) / 64];
        Clear();
    }

    public TieCount Count { get; private set; } = null!;

    /// <summary>The tied places of the last application, until its cotangent is there; then those that it reaches.</summary>
    public ReadOnlySpan<ulong> Mask => _mask;

    /// <summary>Elements of the result.</summary>
    public long Places => _shape.Count64;

    /// <summary>Between which numbers its arguments were.</summary>
    public ValueRange Range { get; private set; }

    /// <summary>Time spent on it.</summary>
    public TimeSpan Time => Stopwatch.GetElapsedTime(0, _ticks);

    public void Clear()
    {
        _ticks = 0;
        Range = ValueRange.None;
        Count = new TieCount(_site.Name, _site.Function.Name, 0, 0, 0, 0, _measure.NearUlps > 0 ? 0 : null, _site.Cotangent is null ? null : 0);
    }

    /// <summary>Counts the application that has just been made.</summary>
    public void Forward(CompiledProgram run)
    {
        long begun = Stopwatch.GetTimestamp();
        bool two = _site.Arguments.Length > 1;
        bool same = two && _values.Length == 1;
        using var first = HostValues.Of(run, _site.Arguments[0]);
        using var second = two && !same ? HostValues.Of(run, _site.Arguments[1]) : null;
        var met = _measure.Count(first, same ? first : second, _mask);
        Count += new TieCount("", "", _shape.Count64, met.Ties, _arguments, same ? met.Zeros / 2 : met.Zeros, met.Near, 0);
        Range = Range.And(met.Range);
        _tied?.Dispose();
        _tied = _largest > 0 && _site.Cotangent is not null ? HostValues.Of(run, _site.Tied) : null;
        _ticks += Stopwatch.GetTimestamp() - begun;
    }

    /// <summary>Counts the ties that the cotangent reaches, and offers them for the list.</summary>
    public void Backward(CompiledProgram run, LargestTies largest, int index)
    {
        long begun = Stopwatch.GetTimestamp();
        using var cotangent = HostValues.Of(run, _site.Cotangent!.Value.Value);
        if (cotangent.Dtype == TorchDtype.Float64)
        {
            Reach<double>(cotangent, largest, index);
        }
        else
        {
            Reach<float>(cotangent, largest, index);
        }

        Count = Count with { Active = Count.Active + TieMask.Count(_mask) };
        Dispose();
        _ticks += Stopwatch.GetTimestamp() - begun;
    }

    public void Dispose()
    {
        _tied?.Dispose();
        _tied = null;
    }

    private void Reach<T>(TorchTensor cotangent, LargestTies largest, int run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> g = cotangent.AsSpan<T>();
        TieMask.KeepNonzero(_mask, g);
        if (_tied is null)
        {
            return;
        }

        ReadOnlySpan<T> tied = _tied.AsSpan<T>();
        for (int word = 0; word < _mask.Length; word++)
        {
            for (ulong bits = _mask[word]; bits != 0; bits &= bits - 1)
            {
                int place = (word * 64) + BitOperations.TrailingZeroCount(bits);
                largest.Offer(_site.Name, run, _shape, place, double.CreateChecked(tied[place]), double.CreateChecked(g[place]));
            }
        }
    }
}

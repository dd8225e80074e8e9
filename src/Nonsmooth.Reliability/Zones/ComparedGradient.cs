using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Replay;

namespace Nonsmooth.Reliability.Zones;

/// <summary>One side of a comparison: a gradient in its format and, where asked for, replayed in 64 bits.</summary>
internal sealed class ComparedGradient : IDisposable
{
    private readonly DecisionReplay? _replay;

    public ComparedGradient(Program gradient, ZoneOptions options, bool replay, Device device)
    {
        Runner = new GradientRunner(gradient, options.Precision, device);
        try
        {
            _replay = replay ? new DecisionReplay(Runner) : null;
        }
        catch
        {
            Runner.Dispose();
            throw;
        }
    }

    public GradientRunner Runner { get; }

    public (Gradient Low, Gradient? Wide) Run(IReadOnlyList<TorchTensor> inputs)
    {
        if (_replay is null)
        {
            return (Runner.Run(inputs), null);
        }

        var (low, wide) = _replay.Run(inputs);
        return (low, wide);
    }

    /// <summary>What comparing P with Q at one pair says.</summary>
    public static ZoneObservation Observe(int draw, int batch, (Gradient Low, Gradient? Wide) p, (Gradient Low, Gradient? Wide) q) => new(
        draw,
        batch,
        GradientDistance.Between(p.Low, q.Low),
        p.Low.Loss.Equals(q.Low.Loss) ? 0 : Math.Abs(p.Low.Loss - q.Low.Loss),
        p.Wide is null || q.Wide is null ? null : GradientDistance.Between(p.Wide, q.Wide).Relative);

    public void Dispose()
    {
        _replay?.Dispose();
        Runner.Dispose();
    }
}

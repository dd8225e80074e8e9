using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.Training.Engine;

/// <summary>The loss scale of a run as it goes: the program's input, and what the steps make of it.</summary>
internal sealed class LossScaler : IDisposable
{
    /// <summary>After so many skipped steps in a row no scale will help.</summary>
    public const int MostSkips = 20;

    private const double Least = 1.0 / (1 << 24);
    private readonly LossScale _options;
    private readonly double _largest;

    public LossScaler(LossScale options, Precision precision)
    {
        (_options, _largest) = (options, LossScale.Largest(precision));
        Seed = TorchTensor.Empty([]);
        Set(options.Initial);
    }

    /// <summary>The input <c>seed.loss</c>.</summary>
    public TorchTensor Seed { get; }

    /// <summary>What the gradient is multiplied by.</summary>
    public double Scale { get; private set; }

    /// <summary>Good steps since the scale changed.</summary>
    public int GoodSteps { get; private set; }

    /// <summary>Skipped steps since the last good one.</summary>
    public int SkippedInRow { get; private set; }

    /// <summary>Skipped steps of the whole run.</summary>
    public long Skipped { get; private set; }

    /// <summary>Hears that a gradient was finite.</summary>
    public void Succeeded()
    {
        SkippedInRow = 0;
        GoodSteps++;
        if (_options.GrowthSteps > 0 && GoodSteps >= _options.GrowthSteps)
        {
            GoodSteps = 0;
            Set(Math.Min(2 * Scale, Math.Max(_largest, _options.Initial)));
        }
    }

    /// <summary>Hears that a step was skipped, because its gradient was not finite.</summary>
    public void Failed()
    {
        (GoodSteps, SkippedInRow, Skipped) = (0, SkippedInRow + 1, Skipped + 1);
        if (_options.GrowthSteps > 0)
        {
            Set(Math.Max(Scale / 2, Math.Min(Least, _options.Initial)));
        }
    }

    /// <summary>Takes over where another process stopped.</summary>
    public void Restore(double scale, int goodSteps, int skippedInRow, long skipped)
    {
        (GoodSteps, SkippedInRow, Skipped) = (goodSteps, skippedInRow, skipped);
        Set(scale);
    }

    public void Dispose() => Seed.Dispose();

    private void Set(double scale)
    {
        // What the program reads is what the optimizer must divide by.
        Seed.AsSpan<float>()[0] = (float)scale;
        Scale = (float)scale;
    }
}

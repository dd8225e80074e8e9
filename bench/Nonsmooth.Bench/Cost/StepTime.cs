using Nonsmooth.Bench.Steps;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;

namespace Nonsmooth.Bench.Cost;

/// <summary>What whole training steps took in one thread, gradient and INNAprop, by the thread's own clock.</summary>
/// <param name="Least">Seconds of the shortest step.</param>
/// <param name="Median">The median.</param>
/// <param name="Optimizer">The shortest update among them.</param>
internal sealed record StepTime(double Least, double Median, double Optimizer)
{
    public static StepTime Of(string network, int batch, int repeats)
    {
        var clock = ThreadClock.Instance;
        using var step = new NonsmoothStep(network, batch, threads: 1, new ExecutionOptions());
        double[] whole = new double[repeats];
        double optimizer = double.PositiveInfinity;
        for (int i = -2; i < repeats; i++)
        {
            long begin = clock.GetTimestamp();
            step.Differentiate();
            long middle = clock.GetTimestamp();
            step.Update();
            long end = clock.GetTimestamp();
            if (i >= 0)
            {
                whole[i] = clock.GetElapsedTime(begin, end).TotalSeconds;
                optimizer = Math.Min(optimizer, clock.GetElapsedTime(middle, end).TotalSeconds);
            }
        }

        Array.Sort(whole);
        return new StepTime(whole[0], whole[repeats / 2], optimizer);
    }
}

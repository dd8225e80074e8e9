using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>A recording repeated here, and how far the two are apart.</summary>
internal static class RecordedRun
{
    public const double DoubleTolerance = 1e-10;

    public const double SingleTolerance = 1e-4;

    private const int SingleSteps = 10;

    public static double Tolerance(Recording recording) => recording.IsDouble ? DoubleTolerance : SingleTolerance;

    /// <summary>The largest difference in any recorded step (in float32 up to step 10), relative to the largest parameter there.</summary>
    public static double Error(RecordedRow row, Recording recording) => recording.IsDouble ? InDouble(row, recording) : InSingle(row, recording);

    private static double InDouble(RecordedRow row, Recording recording)
    {
        var problem = RecordedFiles.Problem(recording.Problem);
        var optimizer = row.Options(recording).Options.Reference<double>(problem.Start.Length);
        var guard = Guard(recording);
        double[] theta = [.. problem.Start];
        double worst = 0;
        for (int step = 1; step <= Recording.At[^1]; step++)
        {
            double[] gradient = Clamped(problem.Gradient(theta), recording);
            double factor = guard.Clipping(Math.Sqrt(gradient.Sum(g => g * g)));
            optimizer.Step(theta, [.. gradient.Select(g => factor * g)], row.RateOf(recording));
            worst = Math.Max(worst, Apart(recording.Steps, step, theta));
        }

        return worst;
    }

    private static double InSingle(RecordedRow row, Recording recording)
    {
        var problem = RecordedFiles.Problem(recording.Problem);
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor([.. problem.Start.Select(x => (float)x)]);
        using var slope = new NativeTensor(new float[theta.Length]);
        var slots = new List<ParameterSlot>();
        var gradients = new List<nint>();
        int start = 0;
        foreach (var (rows, length) in problem.Tensors)
        {
            slots.Add(new($"p{start}", theta.Address + (start * sizeof(float)), length) { Rows = rows });
            gradients.Add(row.OnlyMatrices && rows == 0 ? 0 : slope.Address + (start * sizeof(float)));
            start += length;
        }

        using var optimizer = row.Options(recording).Options.Build(slots, pool, _ => { });
        double worst = 0;
        for (int step = 1; step <= SingleSteps; step++)
        {
            double[] gradient = Clamped(problem.Gradient(Wide(theta)), recording);
            for (int i = 0; i < gradient.Length; i++)
            {
                slope.Span[i] = (float)gradient[i];
            }

            if (recording.Settings.ContainsKey("clip_norm"))
            {
                optimizer.Step([.. gradients], row.RateOf(recording), Guard(recording));
            }
            else
            {
                optimizer.Step([.. gradients], row.RateOf(recording));
            }

            worst = Math.Max(worst, Apart(recording.Steps, step, Wide(theta)));
            using (optimizer.UseEvaluationWeights())
            {
                worst = Math.Max(worst, recording.EvalSteps is { } steps ? Apart(steps, step, Wide(theta)) : 0);
            }
        }

        return worst;
    }

    private static StepGuard Guard(Recording recording) => new()
    {
        MaxNorm = recording.Number("clip_norm") ?? double.PositiveInfinity,
        NormEpsilon = recording.Library == "torch" ? 1e-6 : 0,
    };

    // Clipping number by number is no part of a step here: who wants it does it before.
    private static double[] Clamped(double[] gradient, Recording recording) =>
        recording.Number("clip_value") is { } bound ? [.. gradient.Select(g => Math.Clamp(g, -bound, bound))] : gradient;

    // Where theirs left the numbers, so must ours, but not by the same one of NaN and the infinities.
    private static double Apart(double[][] steps, int step, double[] theta)
    {
        int index = Array.IndexOf(Recording.At, step);
        if (index < 0)
        {
            return 0;
        }

        double largest = steps[index].Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max();
        return theta.Zip(steps[index], (ours, theirs) =>
            double.IsFinite(theirs) != double.IsFinite(ours) ? double.PositiveInfinity : double.IsFinite(theirs) ? Math.Abs(ours - theirs) / largest : 0).Max();
    }

    private static double[] Wide(NativeTensor tensor) => [.. tensor.Span.ToArray().Select(x => (double)x)];
}

using Nonsmooth.Cost;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>The time of one kind of kernel: linear in its amounts of work, and corrected where kernels of like sizes were seen to differ.</summary>
/// <param name="Coefficients">Seconds a unit of each feature, none negative; the first is the fixed cost.</param>
/// <param name="Positions">Where kernels were measured: sizes in octaves.</param>
/// <param name="Residuals">ln(measured / fitted) there.</param>
public sealed record KernelModel(IReadOnlyList<double> Coefficients, IReadOnlyList<double[]> Positions, IReadOnlyList<double> Residuals)
{
    private const double Width = 0.7;
    private const double Prior = 0.3;
    private const double Outlier = 1;
    private const double LeastKept = 0.6;

    /// <summary>Seconds that every kernel of this kind takes, however small.</summary>
    public double Fixed => Coefficients[0];

    /// <summary>Fits the times, leaving out those of them that stand far above the others.</summary>
    internal static KernelModel Fit(IReadOnlyList<KernelSample> samples, IReadOnlyList<double> seconds)
    {
        int[] kept = [.. Enumerable.Range(0, samples.Count)];
        while (true)
        {
            KernelSample[] some = [.. kept.Select(i => samples[i])];
            double[] times = [.. kept.Select(i => seconds[i])];
            var line = Line(some, times);
            double[] residuals = [.. some.Select((sample, i) => Math.Log(Math.Max(1e-9, times[i]) / Math.Max(1e-9, line.Linear(sample))))];

            // What disturbs a kernel makes it slower, never faster.
            int[] rest = [.. kept.Where((_, i) => residuals[i] <= Outlier)];
            if (rest.Length == kept.Length || rest.Length < samples.Count * LeastKept)
            {
                return line with { Positions = [.. some.Select(s => s.Position)], Residuals = [.. residuals.Select(r => Math.Clamp(r, -1.5, 1.5))] };
            }

            kept = rest;
        }
    }

    private static KernelModel Line(KernelSample[] samples, double[] seconds)
    {
        // Relative errors count, but not those of times that no program notices.
        double Weight(int i) => 1 / (seconds[i] + 2e-6);
        double[][] rows = [.. samples.Select((sample, i) => sample.Features.Select(f => f * Weight(i)).ToArray())];
        return new KernelModel(NonNegativeLeastSquares.Solve(rows, [.. seconds.Select((s, i) => s * Weight(i))]), [], []);
    }

    internal double Seconds(KernelSample sample) => Linear(sample) * Math.Exp(Residual(sample.Position));

    private double Linear(KernelSample sample)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(Coefficients.Count, sample.Features.Length); i++)
        {
            sum += Coefficients[i] * sample.Features[i];
        }

        return sum;
    }

    private double Residual(double[] position)
    {
        double sum = 0;
        double weights = Prior;
        for (int i = 0; i < Residuals.Count; i++)
        {
            double distance = 0;
            for (int axis = 0; axis < position.Length; axis++)
            {
                double d = (Positions[i][axis] - position[axis]) / Width;
                distance += d * d;
            }

            double weight = Math.Exp(-distance / 2);
            sum += weight * Residuals[i];
            weights += weight;
        }

        return sum / weights;
    }
}

using Nonsmooth.Cost;

namespace Nonsmooth.Compiled;

/// <summary>What each kind of work takes an executor, in seconds.</summary>
/// <param name="Running">In a run.</param>
/// <param name="Making">In making a program ready; nothing for an executor that needs none.</param>
public sealed record ExecutorRates(IReadOnlyDictionary<ExecutorWork, double> Running, IReadOnlyDictionary<ExecutorWork, double> Making)
{
    /// <summary>Fits rates, none negative, to relative errors.</summary>
    internal static IReadOnlyDictionary<ExecutorWork, double> Fit(IReadOnlyList<(double[] Amounts, double Seconds)> measured)
    {
        double[] rates = NonNegativeLeastSquares.Solve([.. measured.Select(m => Array.ConvertAll(m.Amounts, a => a / m.Seconds))], [.. measured.Select(_ => 1.0)]);
        return new SortedDictionary<ExecutorWork, double>(Enum.GetValues<ExecutorWork>().Zip(rates).Where(r => r.Second > 0).ToDictionary(r => r.First, r => r.Second));
    }

    internal static double Seconds(IReadOnlyDictionary<ExecutorWork, double> rates, double[] amounts) => rates.Sum(r => r.Value * amounts[(int)r.Key]);
}

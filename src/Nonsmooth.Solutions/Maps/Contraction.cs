using System.Globalization;

namespace Nonsmooth.Solutions;

/// <summary>The steps of a fixed-point iteration so far, which tell when it is near enough and when it does not contract.</summary>
internal sealed class Contraction(double tolerance, int most, double unit)
{
    private const int _window = 100;
    private readonly List<double> _steps = [];

    public int Count => _steps.Count;

    /// <summary>Whether the newest point is within the tolerance of the fixed point, or as near as rounding allows.</summary>
    /// <param name="step">How far it is from the one before.</param>
    /// <param name="size">The newest point's; errors are relative to it, or to the first step where that is longer.</param>
    /// <exception cref="NotContractingException">The steps do not shrink, or there were too many.</exception>
    public bool Reaches(double step, double size)
    {
        double before = _steps.Count > 0 ? _steps[^1] : double.NaN;
        _steps.Add(step);
        int k = _steps.Count;
        size = Math.Max(size, _steps[0]);
        bool stands = k > _window && step >= _steps[k - 1 - _window];

        // What the step rounds may be larger than its result: steps that no longer shrink are judged against 1 too.
        bool rounding = step <= 1000 * unit * (1 + size);
        double ratio = k < 3 || before == 0 ? 0 : Math.Min(step / before, 0.9999);
        if (double.IsFinite(step)
            && (((k >= 3 || step == 0) && step * ratio / (1 - ratio) <= tolerance * size) || step <= 4 * unit * size || (stands && rounding)))
        {
            return true;
        }

        if (k < most && double.IsFinite(step) && step <= 1e12 * (1 + _steps[0]) && !stands)
        {
            return false;
        }

        double[] ratios = [.. _steps.TakeLast(6).Zip(_steps.TakeLast(5), (a, b) => b / a)];
        throw new NotContractingException(
            string.Create(CultureInfo.InvariantCulture, $"the iteration does not contract: step {k} is {step:G4} long, {(ratios.Length > 0 ? ratios[^1] : double.NaN):G4} times the one before; damp it, or give the equation to {nameof(Implicit)}"),
            step,
            ratios);
    }
}

namespace Nonsmooth.Solutions;

/// <summary>The lengths of a Neumann series' terms so far, the first apart, which tell when it is summed and when it does not converge.</summary>
internal sealed class NeumannTerms(double unit)
{
    private const int _window = 50;
    private const int _fewest = 2;
    private const double _rounding = 64;
    private readonly List<double> _lengths = [];
    private bool _countsMore = true;

    /// <summary>Whether another term would change the sum; not where the newest is not finite, or below rounding.</summary>
    /// <param name="length">The newest term's.</param>
    /// <param name="size">The sum's.</param>
    public bool Goes(double length, double size)
    {
        bool isFinite = double.IsFinite(length) && double.IsFinite(size);
        if (isFinite)
        {
            _lengths.Add(length);
            _countsMore = length > _rounding * unit * size;
        }

        return isFinite && length > unit * size;
    }

    /// <summary>Refuses a series whose last terms, of at least four, are not shorter than as many before them.</summary>
    /// <exception cref="NotContractingException">The terms grow.</exception>
    public void Check()
    {
        int window = Math.Min(_window, _lengths.Count / 2);
        if (window < _fewest || !_countsMore)
        {
            return;
        }

        double last = _lengths.TakeLast(window).Max();
        double before = _lengths.SkipLast(window).TakeLast(window).Max();
        if (last >= before)
        {
            double[] ratios = [.. _lengths.TakeLast(6).Zip(_lengths.TakeLast(6).Skip(1), (a, b) => b / a)];
            throw new NotContractingException(
                FormattableString.Invariant($"the terms of the Neumann series do not shrink: the last is {_lengths[^1]:G4} long, {ratios[^1]:G4} times the one before; the step does not contract at its fixed point, use the dense or the Krylov strategy"),
                _lengths[^1],
                ratios);
        }
    }
}

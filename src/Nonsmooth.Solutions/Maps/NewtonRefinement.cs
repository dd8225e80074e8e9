namespace Nonsmooth.Solutions;

/// <summary>A better solution of an equation by Newton steps to the last digits: across kinks one step may end on another piece.</summary>
internal static class NewtonRefinement
{
    private const int _most = 20;
    private const double _digits = 1e-14;
    private const double _enough = 1e-11;

    public static Refinement Of(Func<double[], double[]> residual, Func<double[], ImplicitDerivative> at, double[] x)
    {
        double left = double.PositiveInfinity;
        for (int step = 0; step < _most && !(step > 0 && left <= _digits * (1 + Dense.Largest(x))); step++)
        {
            x = at(x).Newton(residual(x));
            left = Dense.Largest(residual(x));
        }

        return left <= _enough * (1 + Dense.Largest(x))
            ? new(new Solution([x], []) { Residual = left }, false, FormattableString.Invariant($"Newton steps to a residual of {left:G3}"))
            : new(null, false, FormattableString.Invariant($"Newton steps end at a residual of {left:G3}"));
    }
}

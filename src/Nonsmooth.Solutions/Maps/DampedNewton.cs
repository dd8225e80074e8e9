namespace Nonsmooth.Solutions;

/// <summary>Newton's method whose steps are halved until the residual falls.</summary>
internal static class DampedNewton
{
    private const int _mostSteps = 100;

    /// <summary>Where it ends, and after how many steps: at a root, or where no step along Newton's direction lets the largest residual fall.</summary>
    /// <param name="residual">F.</param>
    /// <param name="at">F's derivative at a point.</param>
    /// <param name="start">Where it begins.</param>
    /// <exception cref="SingularSolutionException">The Jacobian is singular on the way.</exception>
    public static (double[] X, int Steps) Run(Func<double[], double[]> residual, Func<double[], ImplicitDerivative> at, double[] start)
    {
        double[] x = start;
        double[] value = residual(x);
        double size = Dense.Largest(value);
        int step = 0;
        for (; step < _mostSteps && size > 0; step++)
        {
            double[] full = at(x).Newton(value);
            double best = size;
            for (double damping = 1; damping > 1e-10 && best >= size; damping /= 2)
            {
                double[] tried = [.. x.Zip(full, (a, b) => a + (damping * (b - a)))];
                double[] next = residual(tried);
                if (Dense.Largest(next) < size)
                {
                    (x, value, best) = (tried, next, Dense.Largest(next));
                }
            }

            if (best >= size)
            {
                break;
            }

            size = best;
        }

        return (x, step);
    }
}

using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>Anderson's mixing: the next point is that combination of the last steps whose residual is least.</summary>
/// <remarks>What it finds is a start: the plain iteration, or Newton's method, tells whether it is the fixed point. Source: Anderson (1965); Walker and Ni (2011), type II.</remarks>
internal static class Anderson
{
    private const int _patience = 30;

    /// <summary>The point of the least residual |T(x) − x|, and how often T was evaluated.</summary>
    /// <param name="step">T.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="memory">How many steps are combined, at least 1.</param>
    /// <param name="tolerance">The residual, relative to |x|, at which it ends.</param>
    /// <param name="most">How often T is evaluated at most.</param>
    public static (double[] X, int Steps) Run(Func<double[], double[]> step, double[] start, int memory, double tolerance, int most)
    {
        var x = Vector<double>.Build.DenseOfArray(start);
        var (best, least, since) = (x, double.PositiveInfinity, 0);
        var moved = new Queue<Vector<double>>();
        var changed = new Queue<Vector<double>>();
        Vector<double>? before = null;
        Vector<double>? residualBefore = null;
        int count = 0;
        while (count < most && since < _patience)
        {
            var residual = Vector<double>.Build.DenseOfArray(step([.. x])) - x;
            count++;
            double length = residual.L2Norm();
            if (!double.IsFinite(length))
            {
                break;
            }

            since = length < 0.5 * least ? 0 : since + 1;
            (best, least) = length < least ? (x, length) : (best, least);
            if (length <= tolerance * x.L2Norm())
            {
                break;
            }

            if (before is not null)
            {
                moved.Enqueue(x - before);
                changed.Enqueue(residual - residualBefore!);
                if (moved.Count > memory)
                {
                    moved.Dequeue();
                    changed.Dequeue();
                }
            }

            (before, residualBefore) = (x, residual);
            x += residual;
            if (changed.Count > 0)
            {
                var differences = Matrix<double>.Build.DenseOfColumnVectors(changed);
                var weights = differences.Svd().Solve(residual);
                x -= (Matrix<double>.Build.DenseOfColumnVectors(moved) + differences) * weights;
            }
        }

        return ([.. best], count);
    }
}

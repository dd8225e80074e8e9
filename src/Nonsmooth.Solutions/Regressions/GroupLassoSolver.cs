using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Solves a sparse group lasso by accelerated proximal steps, then by Newton's method on the coefficients that are not 0.</summary>
internal sealed class GroupLassoSolver
{
    private const int _most = 200_000;
    private const int _mostNewton = 20;
    private readonly GroupLassoData _data;
    private readonly double _scale;
    private readonly double _lipschitz;

    public GroupLassoSolver(Problem problem, IntVector groups)
    {
        _data = new(problem, groups);
        _scale = Math.Max(Dense.Largest(_data.Known), double.Epsilon);
        _lipschitz = Math.Max(_data.Gram.RowCount == 0 ? 1 : _data.Gram.L2Norm(), double.Epsilon);
    }

    /// <exception cref="NotConvergedException">It took too long.</exception>
    public Solution Solve(double tolerance)
    {
        int p = _data.Known.Count;
        double[] beta = new double[p];
        double[] ahead = beta;
        double momentum = 1;
        double goal = 1e-4 * _scale;
        for (int k = 1; k <= _most; k++)
        {
            double[] next = Step(ahead);
            double after = (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;

            // Momentum that points uphill is dropped (O'Donoghue and Candès, 2015).
            double turned = Enumerable.Range(0, p).Sum(j => (ahead[j] - next[j]) * (next[j] - beta[j]));
            double weight = turned > 0 ? 0 : (momentum - 1) / after;
            momentum = turned > 0 ? 1 : after;
            ahead = [.. next.Select((b, j) => b + (weight * (b - beta[j])))];
            beta = next;
            double residual = Residual(beta);
            if (residual > goal)
            {
                continue;
            }

            // What is 0 on a kink is not exactly so after steps: the sparser point is tried first.
            foreach (double[] from in (double[][])[Sparser(beta, 10 * goal), beta])
            {
                var at = Polished(Placed(from), tolerance);
                if (at.Residual <= tolerance * _scale)
                {
                    return at with { Iterations = k };
                }
            }

            goal = Math.Max(goal / 10, 1e-15 * _scale);
        }

        throw new NotConvergedException(FormattableString.Invariant(
            $"proximal steps: residual {Residual(beta):G3} after {_most}; raise the tolerance, or a penalty"), Residual(beta));
    }

    /// <summary>One Newton step on the coefficients that are not 0; null where their system is singular, or a sign changes.</summary>
    public Solution? Newton(Solution at)
    {
        double[] beta = at.Values[0];
        int[] set = [.. Enumerable.Range(0, beta.Length).Where(j => beta[j] != 0)];
        var system = LinearSystem.Equilibrated(Matrix<double>.Build.Dense(set.Length, set.Length, (a, b) => _data.Curvature(set[a], set[b], beta)));
        if (system.IsSingular)
        {
            return null;
        }

        var c = _data.Correlations(beta);
        double[] step = system.Solve([.. set.Select(j => c[j] - (_data.Lambda1 * Math.Sign(beta[j])) - Pull(j, beta))]);
        double[] next = [.. beta];
        for (int a = 0; a < set.Length; a++)
        {
            next[set[a]] += step[a];
        }

        return set.All(j => next[j] * beta[j] > 0) ? Placed(next) with { Iterations = at.Iterations } : null;
    }

    private Solution Polished(Solution at, double tolerance)
    {
        for (int step = 0; step < _mostNewton && at.Residual > 1e-3 * tolerance * _scale && Newton(at) is { } better && better.Residual < at.Residual; step++)
        {
            at = better;
        }

        return at;
    }

    private double[] Sparser(double[] beta, double tolerance)
    {
        double[] margins = GroupLassoDerivative.MarginsOf(_data, beta);
        return [.. beta.Select((b, j) => b != 0 && (margins[j] <= tolerance || margins[beta.Length + _data.Group(j)] <= tolerance) ? 0 : b)];
    }

    private double Pull(int j, double[] beta) => _data.Penalty(_data.Group(j)) * beta[j] / _data.Norm(_data.Group(j), beta);

    private Solution Placed(double[] beta)
    {
        var margins = GroupLassoDerivative.MarginsOf(_data, beta);
        double tolerance = ExactMap.Weak * _scale;
        var c = _data.Correlations(beta);
        int p = beta.Length;
        long[] state =
        [
            .. beta.Select((b, j) => _data.Norm(_data.Group(j), beta) == 0 ? 0L
                : _data.Lambda1 > 0 && margins[j] <= tolerance ? 2 * Math.Sign(c[j])
                : b == 0 && _data.Lambda1 == 0 ? 1 : Math.Sign(b)),
            .. _data.Members.Select((_, g) => margins[p + g] <= tolerance ? 2L : _data.Norm(g, beta) > 0 ? 1 : 0),
        ];
        return new Solution([beta], state) { Residual = Residual(beta) };
    }

    private double[] Step(double[] from)
    {
        var c = _data.Correlations(from);
        double[] moved = [.. from.Select((b, j) => GroupLassoData.Soft(b + (c[j] / _lipschitz), _data.Lambda1 / _lipschitz))];
        for (int g = 0; g < _data.Members.Length; g++)
        {
            double norm = _data.Norm(g, moved);
            double factor = norm == 0 ? 0 : Math.Max(0, 1 - (_data.Penalty(g) / (_lipschitz * norm)));
            foreach (int j in _data.Members[g])
            {
                moved[j] *= factor;
            }
        }

        return moved;
    }

    // By how much the optimality conditions are violated at most.
    private double Residual(double[] beta)
    {
        var c = _data.Correlations(beta);
        double worst = 0;
        for (int g = 0; g < _data.Members.Length; g++)
        {
            int[] members = _data.Members[g];
            if (_data.Norm(g, beta) == 0)
            {
                double norm = Math.Sqrt(members.Sum(j => Math.Pow(GroupLassoData.Soft(c[j], _data.Lambda1), 2)));
                worst = Math.Max(worst, norm - _data.Penalty(g));
                continue;
            }

            worst = members.Aggregate(worst, (w, j) => Math.Max(w, beta[j] == 0
                ? Math.Abs(c[j]) - _data.Lambda1
                : Math.Abs(c[j] - (_data.Lambda1 * Math.Sign(beta[j])) - Pull(j, beta))));
        }

        return worst;
    }
}

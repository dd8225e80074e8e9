using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of a support vector machine away from kinks, by the rows between their bounds.</summary>
/// <remarks>With a = α·y: [K_FF, 1; 1ᵀ, 0] in da_F and the intercept's change, since rows F stay on the margin and the a sum to 0; rows at their upper bound move with it.</remarks>
internal sealed class MarginDerivative : SolutionDerivative
{
    private readonly Problem _problem;
    private readonly Solution _solution;
    private readonly Design _x;
    private readonly int[] _free;
    private readonly int[] _upper;
    private readonly double[] _a;
    private readonly LinearSystem _system;
    private readonly Lazy<SupportVectorDerivative> _dual;

    private MarginDerivative(Problem problem, Solution solution)
    {
        (_problem, _solution) = (problem, solution);
        _x = SupportModel.Matrix(problem);
        int n = _x.Rows;
        _free = [.. Enumerable.Range(0, n).Where(i => solution.State[i] == 0 && solution.State[n + i] == 0)];
        _upper = [.. Enumerable.Range(0, n).Where(i => solution.State[n + i] == 1)];
        _a = [.. solution.Values[2].Select((v, i) => solution.State[i] == 1 ? 0 : v * problem.Values[1][i])];
        int size = _free.Length + 1;
        var matrix = Dense.Zero(size, size);
        for (int i = 0; i < _free.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] = matrix[j, i] = Lanes.Dot(Row(_free[i]), Row(_free[j]));
            }

            matrix[i, size - 1] = matrix[size - 1, i] = 1;
        }

        _system = LinearSystem.Equilibrated(matrix);
        _dual = new(() => new(problem, solution, ActivityRule.Inactive));
    }

    /// <summary>The derivative; null at a kink, and where the rows between their bounds are none or dependent.</summary>
    public static MarginDerivative? Of(Problem problem, Solution solution)
    {
        if (Array.IndexOf(solution.State, 2L) >= 0 || Array.IndexOf(problem.Values[1], 0.0) >= 0)
        {
            return null;
        }

        var derivative = new MarginDerivative(problem, solution);
        return derivative._free.Length == 0 || derivative._system.IsSingular ? null : derivative;
    }

    public override IReadOnlyList<Margin> Margins => _dual.Value.Margins;

    public override double Condition => _dual.Value.Condition;

    public override Invertibility Invertibility => Invertibility.AllElements;

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        var (y, c, penalty) = (_problem.Values[1], _problem.Values[2], _problem.Number(3));
        var (w, alpha) = (_solution.Values[0], _solution.Values[2]);
        var dx = new Design(tangents[0], _x.Rows, _x.Columns);
        double[] moved = new double[_x.Rows];
        double[] dAlpha = new double[_x.Rows];
        double sum = 0;
        foreach (int k in _upper)
        {
            dAlpha[k] = (tangents[3][0] * c[k]) + (penalty * tangents[2][k]);
            moved[k] = (tangents[1][k] * alpha[k]) + (y[k] * dAlpha[k]);
            sum += moved[k];
        }

        double[] dw = _x.TransposeTimes(moved);
        Lanes.Add(1, dx.TransposeTimes(_a), dw);
        double[] right = [.. _free.Select(i => -(tangents[1][i] * Fitted(i) / y[i]) - Lanes.Dot(tangents[0].AsSpan(i * w.Length, w.Length), w) - Lanes.Dot(Row(i), dw)), -sum];
        double[] solution = _system.Solve(right);
        for (int k = 0; k < _free.Length; k++)
        {
            int i = _free[k];
            Lanes.Add(solution[k], Row(i), dw);
            dAlpha[i] = (solution[k] - (tangents[1][i] * alpha[i])) / y[i];
        }

        return [dw, [solution[^1]], dAlpha];
    }

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Cotangent(cotangents, [0, 1, 2, 3]);

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents, IReadOnlyList<int> wanted)
    {
        var (y, c, penalty) = (_problem.Values[1], _problem.Values[2], _problem.Number(3));
        var (w, alpha) = (_solution.Values[0], _solution.Values[2]);
        var (ofW, ofAlpha) = (cotangents[0], cotangents[2]);
        double[] solution = _system.Solve([.. _free.Select(i => Lanes.Dot(Row(i), ofW) + (ofAlpha[i] / y[i])), cotangents[1][0]]);
        double[] pulled = [.. ofW];
        for (int k = 0; k < _free.Length; k++)
        {
            Lanes.Add(-solution[k], Row(_free[k]), pulled);
        }

        var (labels, weights, total) = (new double[y.Length], new double[y.Length], 0.0);
        foreach (int k in _upper)
        {
            double moved = Lanes.Dot(Row(k), pulled) - solution[^1];
            double high = (moved * y[k]) + ofAlpha[k];
            (labels[k], weights[k]) = (moved * alpha[k], penalty * high);
            total += c[k] * high;
        }

        for (int k = 0; k < _free.Length; k++)
        {
            int i = _free[k];
            labels[i] = -((solution[k] * Fitted(i)) + (ofAlpha[i] * alpha[i])) / y[i];
        }

        return [wanted.Contains(0) ? Matrix() : [], labels, weights, [total]];

        double[] Matrix()
        {
            double[] x = new double[_x.Rows * _x.Columns];
            for (int i = 0; i < _x.Rows; i++)
            {
                if (_a[i] != 0)
                {
                    Lanes.Add(_a[i], pulled, x.AsSpan(i * w.Length, w.Length));
                }
            }

            for (int k = 0; k < _free.Length; k++)
            {
                Lanes.Add(-solution[k], w, x.AsSpan(_free[k] * w.Length, w.Length));
            }

            return x;
        }
    }

    private ReadOnlySpan<double> Row(int i) => _problem.Values[0].AsSpan(i * _x.Columns, _x.Columns);

    private double Fitted(int i) => Lanes.Dot(Row(i), _solution.Values[0]) + _solution.Values[1][0];
}

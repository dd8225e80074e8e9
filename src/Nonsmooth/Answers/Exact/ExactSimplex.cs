using System.Numerics;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>Gordan's alternative, decided exactly: a direction with a positive product with every row, or weights with which the rows sum to 0.</summary>
/// <remarks>
/// The first phase of the simplex method on λ ≥ 0, Σλ = 1, Σλᵢrᵢ = 0, in integers with one common denominator (Edmonds), by
/// Bland's rule, so that it ends. Source: P. Gordan, <i>Über die Auflösung linearer Gleichungen mit reellen Coefficienten</i>,
/// Mathematische Annalen 6 (1873); R. G. Bland, <i>New finite pivoting rules for the simplex method</i> (1977).
/// </remarks>
internal sealed class ExactSimplex
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly BigInteger[][] _table;
    private readonly BigInteger[] _cost;
    private readonly int[] _basis;
    private BigInteger _denominator = BigInteger.One;

    private ExactSimplex(BigInteger[][] vectors, BigInteger unit)
    {
        _columns = vectors.Length;
        _rows = vectors[0].Length + 1;
        int width = _columns + _rows + 1;
        _table = new BigInteger[_rows][];
        _basis = new int[_rows];
        _cost = new BigInteger[width];
        for (int i = 0; i < _rows; i++)
        {
            var row = new BigInteger[width];
            for (int j = 0; j < _columns; j++)
            {
                row[j] = i < _rows - 1 ? vectors[j][i] : unit;
                _cost[j] -= row[j];
            }

            row[_columns + i] = BigInteger.One;
            row[^1] = i < _rows - 1 ? BigInteger.Zero : BigInteger.One;
            _cost[^1] -= row[^1];
            _table[i] = row;
            _basis[i] = _columns + i;
        }
    }

    /// <summary>Decides for rows of exact numbers.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="centred">Whether the direction is to have the largest least product among those with entries of −1 or more; else any will do.</param>
    /// <param name="deadline">When it is to end.</param>
    /// <returns>A direction, else weights, one a row, not negative and not all 0.</returns>
    public static (Dyadic[]? Direction, Dyadic[]? Weights) Solve(IReadOnlyList<Dyadic[]> rows, bool centred = false, Deadline? deadline = null)
    {
        // One power of two for all, 1 included: the margin that is maximised is then one of rows of their own size.
        int exponent = Math.Min(0, rows.SelectMany(r => r).Min(x => x.LastBit));
        var simplex = new ExactSimplex(
            [.. rows.Select(r => r.Select(x => x.Sign == 0 ? BigInteger.Zero : x.At(exponent)).ToArray())], BigInteger.One << -exponent);
        simplex.Run(centred ? simplex._columns + simplex._rows : simplex._columns, deadline ?? Deadline.None);
        return simplex._cost[^1].IsZero ? (null, simplex.Weights()) : (simplex.Direction(), null);
    }

    // Artificials that left need not come back for the alternative, but for the best direction.
    private void Run(int columns, Deadline deadline)
    {
        while (true)
        {
            deadline.Check();
            int entering = Array.FindIndex(_cost, 0, columns, c => c.Sign < 0);
            if (entering < 0)
            {
                return;
            }

            int leaving = -1;
            for (int i = 0; i < _rows; i++)
            {
                if (_table[i][entering].Sign <= 0)
                {
                    continue;
                }

                int side = leaving < 0 ? -1
                    : (_table[i][^1] * _table[leaving][entering]).CompareTo(_table[leaving][^1] * _table[i][entering]);
                leaving = side < 0 || (side == 0 && _basis[i] < _basis[leaving]) ? i : leaving;
            }

            Pivot(leaving, entering);
        }
    }

    private void Pivot(int row, int column)
    {
        var pivot = _table[row][column];
        for (int i = 0; i < _rows; i++)
        {
            if (i != row)
            {
                Eliminate(_table[i], _table[row], column, pivot);
            }
        }

        Eliminate(_cost, _table[row], column, pivot);
        _denominator = pivot;
        _basis[row] = column;
    }

    private void Eliminate(BigInteger[] target, BigInteger[] source, int column, BigInteger pivot)
    {
        var factor = target[column];
        for (int k = 0; k < target.Length; k++)
        {
            target[k] = ((target[k] * pivot) - (source[k] * factor)) / _denominator;
        }
    }

    private Dyadic[] Weights()
    {
        var weights = new Dyadic[_columns];
        for (int i = 0; i < _rows; i++)
        {
            if (_basis[i] < _columns)
            {
                weights[_basis[i]] = Dyadic.Of(_table[i][^1], 0);
            }
        }

        return weights;
    }

    // The reduced cost of an artificial is 1 − y; minus y separates.
    private Dyadic[] Direction() =>
        [.. Enumerable.Range(0, _rows - 1).Select(i => Dyadic.Of(_cost[_columns + i] - _denominator, 0))];
}

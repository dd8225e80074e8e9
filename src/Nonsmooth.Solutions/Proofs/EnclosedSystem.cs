using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>A square system of intervals, whose matrices are all proved regular, and intervals that hold its solutions.</summary>
/// <remarks>
/// With an approximate inverse R and C = I − RK, every K of the intervals is regular where the norm c of C is below 1, and a solution is within
/// |R(b − Kx̃)| + |C|·e of an approximate one x̃, e being the norm of R(b − Kx̃) over 1 − c. Norms are maxima after the system's
/// equilibration, so units do not matter. Source: Rump, Verification methods (Acta Numerica 2010), section 10.
/// </remarks>
internal sealed class EnclosedSystem
{
    private readonly Enclosure[][] _matrix;
    private readonly LinearSystem _middle;
    private readonly Matrix<double> _inverse;
    private readonly double[] _units;
    private readonly double[] _rows;

    /// <summary>The system of a nearly symmetric matrix.</summary>
    public EnclosedSystem(Enclosure[][] matrix)
    {
        int n = matrix.Length;
        _matrix = matrix;
        _middle = LinearSystem.Equilibrated(Matrix<double>.Build.Dense(n, n, (i, j) => matrix[i][j].Middle));
        (_inverse, _units) = _middle.IsSingular ? (Dense.Zero(n, n), new double[n]) : (_middle.Inverse(), _middle.Units);
        _rows = new double[n];
        for (int i = 0; i < n; i++)
        {
            Enclosure row = 0;
            for (int j = 0; j < n; j++)
            {
                Enclosure entry = i == j ? 1 : 0;
                for (int k = 0; k < n; k++)
                {
                    entry -= _inverse[i, k] * matrix[k][j];
                }

                row += entry.Magnitude * (Enclosure)_units[j] / _units[i];
            }

            _rows[i] = _middle.IsSingular || !row.IsDefined ? double.PositiveInfinity : row.Upper;
        }
    }

    /// <summary>Whether every matrix of the intervals is proved regular.</summary>
    public bool IsRegular => Dense.Largest(_rows) < 1;

    /// <summary>Intervals that hold the solutions for all matrices and right-hand sides of the intervals.</summary>
    /// <exception cref="UndecidedException">The system is not proved regular, or its numbers overflow.</exception>
    public Enclosure[] Solve(Enclosure[] right)
    {
        int n = right.Length;
        if (!IsRegular)
        {
            throw new UndecidedException("the system is not proved regular");
        }

        double[] near = _middle.Solve(Array.ConvertAll(right, e => e.Middle));
        var residual = right.Select((b, i) => b - Enclosures.Dot(_matrix[i], near)).ToArray();
        var moved = Enumerable.Range(0, n).Select(i => Enclosures.Dot(_inverse.Row(i).ToArray(), residual)).ToArray();
        Enclosure error = moved.Select((e, i) => (e.Magnitude / (Enclosure)_units[i]).Upper).DefaultIfEmpty(0).Max();
        error /= 1 - (Enclosure)Dense.Largest(_rows);
        return [.. near.Select((x, i) => x + Enclosures.Around((moved[i].Magnitude + (error * _rows[i] * _units[i])).Upper))];
    }
}

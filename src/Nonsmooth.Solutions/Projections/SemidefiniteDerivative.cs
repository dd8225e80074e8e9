using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of the projection on the semidefinite cone by divided differences of the eigenvalues.</summary>
internal sealed class SemidefiniteDerivative : ClosedFormDerivative
{
    private readonly double[] _values;
    private readonly Matrix<double> _vectors;
    private readonly long[] _state;
    private readonly ActivityRule _weak;

    public SemidefiniteDerivative(double[] values, Matrix<double> vectors, long[] state, ActivityRule weak)
    {
        (_values, _vectors, _state, _weak) = (values, vectors, state, weak);
        Margins = [.. values.Select((v, i) => new Margin(i, Math.Abs(v), state[i] != 0, state[i] == 2))];
    }

    public override IReadOnlyList<Margin> Margins { get; }

    /// <summary>By how much an error of Z is magnified in the eigenvectors that divided differences tell apart: the largest |λ| over the least λ₊ − λ₋.</summary>
    public override double Condition
    {
        get
        {
            double least = _values.Where((_, i) => IsPositive(i)).DefaultIfEmpty(double.PositiveInfinity).Min();
            double most = _values.Where((_, i) => !IsPositive(i)).DefaultIfEmpty(double.NegativeInfinity).Max();
            double gap = least - most;
            return double.IsInfinity(gap) ? 1 : Math.Max(1, _values.Length * Dense.Largest(_values) / Math.Max(gap, 0));
        }
    }

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        var inside = Inside(tangents[0]);
        return Outside(inside.MapIndexed((i, j, h) => h * Difference(i, j)));
    }

    // The map of matrices is its own transpose.
    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Tangent(cotangents);

    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
    {
        int[] zero = [.. Enumerable.Range(0, _state.Length).Where(i => _state[i] == 2)];
        var inside = Inside(direction[0]);
        var moved = inside.MapIndexed((i, j, h) => h * Difference(i, j));
        var block = Dense.Columns(Dense.Rows(inside, zero), zero);
        var kept = zero.Length == 0 ? block : SemidefiniteCone.Positive(block);
        for (int a = 0; a < zero.Length; a++)
        {
            for (int b = 0; b < zero.Length; b++)
            {
                moved[zero[a], zero[b]] = kept[a, b];
            }
        }

        return Outside(moved);
    }

    private Matrix<double> Inside(double[] numbers)
    {
        var d = Dense.RowMajor(_values.Length, _values.Length, numbers);
        return _vectors.TransposeThisAndMultiply((d + d.Transpose()) / 2) * _vectors;
    }

    private double[][] Outside(Matrix<double> inside) => [SemidefiniteCone.RowMajor(_vectors * inside * _vectors.Transpose())];

    // A zero eigenvalue is as a positive one where its constraint is taken as inactive, else as a negative one: of a limit, so that two of one
    // kind have 1 or 0, and with one of the other sign the difference is exact.
    private double Difference(int i, int j)
    {
        bool first = IsPositive(i);
        bool second = IsPositive(j);
        if (first == second)
        {
            return first ? 1 : 0;
        }

        var (above, below) = first ? (i, j) : (j, i);
        double positive = _state[above] == 2 ? 0 : _values[above];
        double negative = _state[below] == 2 ? 0 : _values[below];
        return positive / (positive - negative);
    }

    private bool IsPositive(int i) => _state[i] == 0 || (_state[i] == 2 && _weak == ActivityRule.Inactive);
}

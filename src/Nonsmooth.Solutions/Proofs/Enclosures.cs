using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>Linear algebra on intervals.</summary>
internal static class Enclosures
{
    /// <summary>All numbers of at most the given size.</summary>
    public static Enclosure Around(double size) => Enclosure.Between(-size, size);

    public static Enclosure[] Of(IEnumerable<double> numbers) => [.. numbers.Select(Enclosure.FromDouble)];

    public static Enclosure Sum(IEnumerable<Enclosure> terms)
    {
        Enclosure sum = 0;
        foreach (var term in terms)
        {
            sum += term;
        }

        return sum;
    }

    public static Enclosure Dot(IReadOnlyList<Enclosure> a, IReadOnlyList<Enclosure> b)
    {
        Enclosure sum = 0;
        for (int i = 0; i < b.Count; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    public static Enclosure Dot(IReadOnlyList<Enclosure> a, IReadOnlyList<double> b) => Dot(b, a);

    public static Enclosure Dot(IReadOnlyList<double> a, IReadOnlyList<Enclosure> b)
    {
        Enclosure sum = 0;
        for (int i = 0; i < b.Count; i++)
        {
            sum += a[i] == 0 ? 0 : a[i] * b[i];
        }

        return sum;
    }

    /// <summary>a·x.</summary>
    public static Enclosure[] Times(Matrix<double> a, IReadOnlyList<Enclosure> x) =>
        [.. Enumerable.Range(0, a.RowCount).Select(i => Dot(a.Row(i).ToArray(), x))];

    /// <summary>aᵀ·x.</summary>
    public static Enclosure[] TransposeTimes(Matrix<double> a, IReadOnlyList<Enclosure> x) =>
        [.. Enumerable.Range(0, a.ColumnCount).Select(j => Dot(a.Column(j).ToArray(), x))];

    /// <summary>The Gram matrix of some columns, with a shift on its diagonal.</summary>
    public static Enclosure[][] Gram(Matrix<double> a, int[] columns, double shift)
    {
        double[][] kept = [.. columns.Select(j => a.Column(j).ToArray())];
        return [.. kept.Select((x, i) => kept.Select((y, j) => Dot(x, Of(y)) + (i == j ? shift : 0)).ToArray())];
    }
}

using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Spellings;

/// <summary>Where spellings are asked: kinks and ties, the numbers beside them, zeros of both signs, ordinary points.</summary>
/// <remarks>The points are exact in every format but for the neighbours in the last place, which are each format's own.</remarks>
public static class PointSets
{
    private static readonly double[] _kinks = [0, 1, -1, 0.5, -0.5, 3, -3, 6, 2, -2];
    private static readonly double[] _plain = [0.75, -0.75, 1.5, -1.5, 4.5, -4.5, 20, -20, 200, -200];

    // Far from a kink for any format, and exact in all of them.
    private static readonly double _beside = Math.ScaleB(1, -5);
    private static readonly double[] _pairs = [0, -0.0, 1, -1, 0.5, 2, -2];

    private static readonly Dictionary<string, (Shape Shape, (string Name, double[] Data)[] Points)> _arrays = new(StringComparer.Ordinal)
    {
        ["vector"] = (new(5),
        [
            ("distinct", [0.5, -1.5, 2, 1, -0.25]), ("two tie", [2, -1, 2, 0.5, 1]), ("three tie", [2, 2, -1, 2, 1]), ("two values", [1, 1, 0, 0, 1]),
            ("all equal", [1.5, 1.5, 1.5, 1.5, 1.5]), ("zeros", [0, 0, 0, 0, 0]), ("signed zeros", [0, -0.0, -0.0, 0, -0.0]), ("one zero", [1, 0, -2, 3, 0.5]),
            ("two zeros", [1, 0, -2, 0, 0.5]), ("negative ties", [-1, -1, -2, -3, -2]), ("sizes tie", [1, -1, 0.5, 1, -0.5]),
        ]),
        ["quadruple"] = (new(4), [("distinct", [0.5, -1.5, 2, 1]), ("two tie", [1, 0.5, 1, 2]), ("pairs", [1, 2, 1, 2]), ("all equal", [1.5, 1.5, 1.5, 1.5])]),
        ["triple"] = (new(3), [("distinct", [1, 2, 4]), ("two tie", [1, 1, 2]), ("all equal", [2, 2, 2]), ("zero", [0, 0, 0])]),
        ["pair"] = (new(2), [("zero", [0, 0]), ("tie", [1, 1]), ("first", [1, 0]), ("second", [0, 1]), ("opposite", [1, -1]), ("negative", [-1, -2]), ("smooth", [1, 0.5])]),
        ["box"] = (new(4), [("same", [0, 0, 1, 1]), ("touching", [1, 0, 1, 1]), ("empty", [0, 0, 0, 0]), ("overlapping", [0.5, 0.25, 1, 1]), ("apart", [2, 2, 1, 1])]),
        ["plane"] = (new(1, 1, 4, 4),
        [
            ("distinct", [0.5, -1.5, 2, 1, 3, -0.5, 0.25, 4, -2, 1.25, -0.75, 0, 2.5, -3, 1.75, 0.125]), ("all equal", Ones(16)), ("zeros", new double[16]),
            ("rectified", [0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.75, 0.75, 0.75, 0, 0.75, 0.125]), ("ties", [1, 1, 0, 2, 1, 0, 2, 2, 0, 1, 1, 0, 3, 3, 0, 1]),
        ]),
        ["cube"] = (new(1, 1, 2, 2, 2), [("distinct", [0.5, -1.5, 2, 1, 3, -0.5, 0.25, 4]), ("two tie", [0.5, 4, 2, 1, 3, -0.5, 0.25, 4]), ("all equal", Ones(8))]),
        ["line"] = (new(1, 1, 16), [("distinct", [0.5, -1.5, 2, 1, 3, -0.5, 0.25, 4, -2, 1.25, -0.75, 0, 2.5, -3, 1.75, 0.125]), ("all equal", Ones(16)), ("rectified", [0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.75, 0.75, 0.75, 0, 0.75, 0.125])]),
        ["matrix"] = (new(2, 2), [("regular", [2, 1, 1, 3]), ("identity", [1, 0, 0, 1]), ("singular", [1, 2, 2, 4]), ("zero", [0, 0, 0, 0]), ("rotation", [0, 1, -1, 0]), ("diagonal", [2, 0, 0, -2])]),
        ["place"] = (new(2), [("inside", [0.125, -0.25]), ("centre", [0, 0]), ("edge", [1, -1]), ("outside", [1.5, 0])]),
        ["knots"] = (new(2), [("inside", [0.5, 1.5]), ("knot", [1, 1]), ("ends", [0, 2]), ("outside", [-1, 3])]),
    };

    /// <summary>The names of the sets of arrays; <c>map1</c> to <c>map3</c> are those of elementwise functions.</summary>
    public static IReadOnlyCollection<string> Arrays => _arrays.Keys;

    /// <summary>The points of a set: a name, and an array an argument.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="neighbour">The next number of the format in a direction.</param>
    /// <exception cref="NonsmoothException">There is no such set.</exception>
    public static IEnumerable<(string Name, IReadOnlyList<(Shape Shape, double[] Data)> Arguments)> Of(string set, Func<double, int, double> neighbour)
    {
        if (set is "map1" or "map2" or "map3")
        {
            double[][] all = set[^1] switch
            {
                '1' => [[.. _kinks.SelectMany(k => new[] { k, neighbour(k, 1), neighbour(k, -1) }).Append(-0.0).Concat(_plain).Concat(_kinks.SelectMany(k => new[] { k + _beside, k - _beside }))]],
                '2' => Columns([.. _pairs.SelectMany(a => _pairs.Select(b => new[] { a, b })), .. new[] { 1.0, -1, 0.5 }.SelectMany(k => new[] { new[] { k, neighbour(k, 1) }, [neighbour(k, 1), k], [k, neighbour(k, -1)] })]),
                _ => Columns([[1, 1, 1], [1, 0, 1], [1, 1, 2], [0, 0, 0], [2, 0, 2], [0, 0, 1], [2, 0, 1], [0.5, 0, 1], [1, 2, 0.5]]),
            };
            return [("", [.. all.Select(x => (new Shape(x.Length), x))])];
        }

        return _arrays.TryGetValue(set, out var known)
            ? known.Points.Select(p => (p.Name, (IReadOnlyList<(Shape, double[])>)[(known.Shape, p.Data)]))
            : throw new NonsmoothException($"point set '{set}': use map1, map2, map3, {string.Join(", ", _arrays.Keys)}");
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static double[][] Columns(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Select(r => r[c]).ToArray())];
}

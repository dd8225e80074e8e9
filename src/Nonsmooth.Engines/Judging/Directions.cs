namespace Nonsmooth.Engines.Judging;

/// <summary>Directions in which pieces are looked for.</summary>
internal static class Directions
{
    /// <summary>The first ones: both sides of a line; around a circle; in space the order of the variables, both ways, the axes nearly, and random ones.</summary>
    public static IEnumerable<double[]> Of(int variables, ulong seed)
    {
        if (variables == 1)
        {
            return [[1], [-1]];
        }

        if (variables == 2)
        {
            return Enumerable.Range(0, 24).Select(k => (k + 0.37) * Math.PI / 12).Select(a => new[] { Math.Cos(a), Math.Sin(a) });
        }

        double[] order = [.. Enumerable.Range(0, variables).Select(i => (i + 0.77) / variables)];
        var random = new Random((int)seed);
        return new[] { order, Negative(order), Centred(order), Negative(Centred(order)) }
            .Concat(Enumerable.Range(0, variables).SelectMany(i => new[] { Axis(i, 1), Axis(i, -1) }))
            .Concat(Enumerable.Range(0, 12 + (4 * Math.Min(variables, 6))).Select(_ => Random(random, variables)));

        double[] Axis(int axis, double sign) => [.. Random(random, variables).Select((x, i) => i == axis ? sign : 0.01 * x)];
    }

    /// <summary>A random direction.</summary>
    public static double[] Random(Random random, int variables) => [.. Enumerable.Range(0, variables).Select(_ => (2 * random.NextDouble()) - 1)];

    /// <summary>A direction moved a little, so that it meets no kink.</summary>
    public static double[] Beside(double[] direction, Random random, double by)
    {
        double scale = direction.Max(Math.Abs);
        return [.. direction.Select(d => d + (scale * by * ((2 * random.NextDouble()) - 1)))];
    }

    /// <summary>The opposite.</summary>
    public static double[] Negative(double[] direction) => Array.ConvertAll(direction, d => -d);

    private static double[] Centred(double[] order) => [.. order.Select((x, i) => (i % 2 == 0 ? 1 : -1) * x)];
}

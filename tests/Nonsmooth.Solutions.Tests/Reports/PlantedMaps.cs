namespace Nonsmooth.Solutions.Tests.Reports;

/// <summary>Problems of projections and sequences whose solutions are on a kink by construction.</summary>
internal static class PlantedMaps
{
    /// <summary>Three coordinates above the threshold, so many on it, three below; total or radius fits.</summary>
    public static Tensor<double>[] Threshold(CounterRandom random, int weak, bool signed, double? total = null)
    {
        double[] above = Drawn.Uniform(random, "above", 0.3, 1, 3).Elements;
        double scale = total is { } t ? t / above.Sum() : 1;
        double threshold = signed ? 0.7 : Drawn.Normal(random, "threshold", 1)[0];
        double[] z = [.. above.Select(x => threshold + (scale * x)), .. Enumerable.Repeat(threshold, weak), .. Drawn.Uniform(random, "below", 0.1, 0.6, 3).Elements.Select(d => threshold - d)];
        return [Vector([.. z.Select((x, i) => signed ? Sign(random, i) * x : x)]), Scalar(total ?? above.Sum())];
    }

    /// <summary>A vector, one of whose coordinates is 0, and its ℓ1 length.</summary>
    public static Tensor<double>[] Sphere1(CounterRandom random)
    {
        double[] z = [.. Drawn.Normal(random, "z", 5).Elements, 0];
        return [Vector(z), Scalar(z.Sum(Math.Abs))];
    }

    /// <summary>A vector and its Euclidean length.</summary>
    public static Tensor<double>[] Sphere2(CounterRandom random)
    {
        var z = Drawn.Normal(random, "z", 5);
        return [z, Scalar(Dense.Length([z.Elements]))];
    }

    /// <summary>A height that is a multiple of the vector's length.</summary>
    public static Tensor<double>[] Cone(CounterRandom random, double height, double size)
    {
        double[] z = Array.ConvertAll(Drawn.Normal(random, "z", 4).Elements, x => size * x);
        return [Scalar(height * Dense.Length([z])), Vector(z)];
    }

    /// <summary>Some coordinates on a bound.</summary>
    public static Tensor<double>[] Box(CounterRandom random)
    {
        var problem = Samples.Bounded(random, 6).ToArray();
        (problem[0][1], problem[0][4]) = (problem[1][1], problem[2][4]);
        return problem;
    }

    /// <summary>Two blocks of the same mean side by side, and one above.</summary>
    public static Tensor<double>[] Blocks(CounterRandom random)
    {
        double[] w = Drawn.Uniform(random, "w", 0.5, 2, 9).Elements;
        double[] falls = [.. Drawn.Uniform(random, "falls", 0.3, 1, 9).Elements];
        double[] y = new double[9];
        foreach (var (start, mean) in (ReadOnlySpan<(int, double)>)[(0, 0.5), (3, 0.5), (6, 2)])
        {
            double[] shape = [falls[start], 0, -falls[start + 2]];
            double centre = shape.Select((s, i) => s * w[start + i]).Sum() / w[start..(start + 3)].Sum();
            for (int i = 0; i < 3; i++)
            {
                y[start + i] = mean + shape[i] - centre;
            }
        }

        return [Vector(y), Vector(w)];
    }

    /// <summary>A signal of three levels, in the middle one of which a pair has the multiplier ±λ.</summary>
    public static Tensor<double>[] Signal(CounterRandom random)
    {
        double lambda = Drawn.Uniform(random, "lambda", 0.5, 1.5, 1)[0];
        double[] levels = [0, 2 * Sign(random, 0), 0];
        double[] x = [.. Enumerable.Range(0, 12).Select(i => levels[i / 4])];
        double[] inner = Drawn.Uniform(random, "inner", -0.7, 0.7, 11).Elements;
        double[] m = [.. Enumerable.Range(0, 11).Select(i =>
            lambda * (i is 3 or 7 ? Math.Sign(x[i + 1] - x[i]) : i == 5 ? Sign(random, 1) : inner[i]))];
        return [Vector([.. x.Select((v, i) => v - (i < 11 ? m[i] : 0) + (i > 0 ? m[i - 1] : 0))]), Scalar(lambda)];
    }

    public static Tensor<double> Vector(double[] numbers) => Tensor.Of(new Shape(numbers.Length), numbers);

    public static Tensor<double> Scalar(double number) => Tensor.Of(Shape.Scalar, new[] { number });

    public static double Sign(CounterRandom random, int i) => random.Derive("sign").Uniform((ulong)i) < 0.5 ? -1 : 1;
}

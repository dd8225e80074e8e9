using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using static Nonsmooth.Solutions.Drawn;

namespace Nonsmooth.Solutions;

/// <summary>Random problems of the maps that are neither programs nor regressions on a design.</summary>
internal static class Samples
{
    /// <summary>A normal vector and a size in a range.</summary>
    public static IReadOnlyList<Tensor<double>> Sized(CounterRandom random, int size, double least, double most) =>
        [Normal(random, "z", size), Uniform(random, "size", least, most)];

    /// <summary>A normal vector and bounds around half of it.</summary>
    public static IReadOnlyList<Tensor<double>> Bounded(CounterRandom random, int size) =>
        [Normal(random, "z", size), Uniform(random, "low", -1, -0.2, size), Uniform(random, "high", 0.2, 1, size)];

    /// <summary>A height and a vector.</summary>
    public static IReadOnlyList<Tensor<double>> Cone(CounterRandom random, int size) =>
        [Uniform(random, "t", -1, 2), Normal(random, "z", size)];

    /// <summary>A symmetric matrix with eigenvalues of sizes 0.3 to 2 of either sign: differences are accurate where they are apart.</summary>
    public static IReadOnlyList<Tensor<double>> Symmetric(CounterRandom random, int size, params ReadOnlySpan<double> planted)
    {
        var q = Dense.RowMajor(size, size, Normal(random, "V", size, size).Elements).QR().Q;
        double[] values = Uniform(random, "eigenvalues", 0.3, 2, size).Elements;
        values = [.. planted, .. values.Skip(planted.Length).Select((v, i) => random.Derive("signs").Uniform((ulong)i) < 0.5 ? -v : v)];
        var z = q * Matrix<double>.Build.DiagonalOfDiagonalArray(values) * q.Transpose();
        return [Tensor.Of(new Shape(size, size), SemidefiniteCone.RowMajor(z))];
    }

    /// <summary>Scores kept off the threshold, where the derivative is steep but not Lipschitz, and an α.</summary>
    public static IReadOnlyList<Tensor<double>> Scores(CounterRandom random, int size, double least, double most)
    {
        double alpha = Uniform(random, "alpha", least, most)[0];
        for (ulong attempt = 0; ; attempt++)
        {
            var z = Normal(random.Derive(attempt), "z", size);
            if (EntmaxSolver.Excess(z.Elements, alpha).Excess.All(u => Math.Abs(u) > 0.05))
            {
                return [z, Tensor.Of(Shape.Scalar, new[] { alpha })];
            }
        }
    }

    /// <summary>A noisy rise and positive weights.</summary>
    public static IReadOnlyList<Tensor<double>> Rising(CounterRandom random, int size)
    {
        var noise = Normal(random, "noise", size);
        return [Tensor.Generate(new Shape(size), i => (0.4 * i) + noise[i]), Uniform(random, "w", 0.5, 2, size)];
    }

    /// <summary>A noisy signal of three levels and a penalty.</summary>
    public static IReadOnlyList<Tensor<double>> Signal(CounterRandom random, int size)
    {
        var noise = Normal(random, "noise", size);
        return [Tensor.Generate(new Shape(size), i => (i * 3 / size % 2 * 3) + noise[i]), Uniform(random, "lambda", 0.2, 1.5)];
    }

    /// <summary>A normal design and right side.</summary>
    public static IReadOnlyList<Tensor<double>> Design(CounterRandom random, int rows, int columns) =>
        [Normal(random, "A", rows, columns), Normal(random, "b", rows)];

    /// <summary>A normal design and right side, and bounds about as far as the solution.</summary>
    public static IReadOnlyList<Tensor<double>> BoxDesign(CounterRandom random, int rows, int columns) =>
        [.. Design(random, rows, columns), Uniform(random, "low", -0.5, -0.1, columns), Uniform(random, "high", 0.1, 0.5, columns)];

    /// <summary>Two overlapping classes with weights, and a penalty.</summary>
    public static IReadOnlyList<Tensor<double>> Classes(CounterRandom random, int rows, int columns)
    {
        var x = Normal(random, "X", rows, columns);
        return
        [
            Tensor.Generate(x.Shape, e => x[e] + (e / columns % 2 == 0 ? 0.7 : -0.7)), Tensor.Generate(new Shape(rows), i => i % 2 == 0 ? 1.0 : -1),
            Uniform(random, "c", 0.5, 1.5, rows), Uniform(random, "C", 0.3, 2),
        ];
    }

    /// <summary>The same without weights, and a penalty of the logistic lasso.</summary>
    public static IReadOnlyList<Tensor<double>> Labelled(CounterRandom random, int rows, int columns) =>
        [.. Classes(random, rows, columns).Take(2), Uniform(random, "lambda", 0.5, 2)];

    /// <summary>A design, a response to its first three columns and the last, and two penalties.</summary>
    public static IReadOnlyList<Tensor<double>> Groups(CounterRandom random, int rows, int columns)
    {
        var x = Normal(random, "X", rows, columns);
        var noise = Normal(random, "noise", rows);
        double[] fitted = Times(x, [.. Enumerable.Range(0, columns).Select(j => j < 3 || j == columns - 1 ? 1.5 : 0)]);
        return [x, Tensor.Generate(new Shape(rows), i => fitted[i] + noise[i]), Uniform(random, "lambda1", 0.3, 2), Uniform(random, "lambda2", 0.3, 2)];
    }

    /// <summary>Costs, two distributions and a temperature.</summary>
    public static IReadOnlyList<Tensor<double>> Masses(CounterRandom random, int rows, int columns) =>
    [
        Uniform(random, "cost", 0, 2, rows, columns), Mass(random, "a", rows), Mass(random, "b", columns), Uniform(random, "epsilon", 0.3, 1),
    ];

    /// <summary>Kepler's equation, x − e·sin x − m: one root for e below 1.</summary>
    public static Program Kepler() => Program.Trace(
        (e, m, x) => x - (e * Functions.Sin(x)) - m, Shape.Scalar, Shape.Scalar, Shape.Scalar);

    private static Tensor<double> Mass(CounterRandom random, string name, int size)
    {
        double[] mass = Uniform(random, name, 0.5, 1.5, size).Elements;
        double sum = mass.Sum();
        return Tensor.Of(new Shape(size), Array.ConvertAll(mass, v => v / sum));
    }
}

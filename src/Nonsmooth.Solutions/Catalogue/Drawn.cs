using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Random parameters of problems.</summary>
internal static class Drawn
{
    /// <summary>Standard normal numbers.</summary>
    public static Tensor<double> Normal(CounterRandom random, string name, params ReadOnlySpan<int> shape)
    {
        var stream = random.Derive(name);
        return Tensor.Generate(new Shape(shape), i => stream.Normal((ulong)i));
    }

    /// <summary>Numbers uniform in [low, high).</summary>
    public static Tensor<double> Uniform(CounterRandom random, string name, double low, double high, params ReadOnlySpan<int> shape)
    {
        var stream = random.Derive(name);
        return Tensor.Generate(new Shape(shape), i => low + ((high - low) * stream.Uniform((ulong)i)));
    }

    /// <summary>MᵀM + shift·1 of a normal M: positive definite for a positive shift.</summary>
    public static Tensor<double> Definite(CounterRandom random, string name, int size, double shift)
    {
        double[] m = Normal(random, name, size, size).Elements;
        return Tensor.Generate(new Shape(size, size), e =>
        {
            var (i, j) = (e / size, e % size);
            return Enumerable.Range(0, size).Sum(k => m[(k * size) + i] * m[(k * size) + j]) + (i == j ? shift : 0);
        });
    }

    /// <summary>The product of a matrix and a vector.</summary>
    public static double[] Times(Tensor<double> matrix, double[] vector) =>
        [.. Enumerable.Range(0, matrix.Shape[0]).Select(i => vector.Select((v, j) => matrix[(i * vector.Length) + j] * v).Sum())];
}

using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>
/// Small pieces of networks of many sizes, with their gradients: kernels are timed among others, as they run, and not
/// alone with everything in the cache.
/// </summary>
internal static class CalibrationPrograms
{
    private const double FewProducts = 6e7;
    private const double ManyProducts = 3e8;
    private const int Classes = 10;

    private static readonly int[] _channels = [3, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768];
    private static readonly int[] _planes = [2, 4, 7, 8, 14, 16, 28, 32];

    /// <summary>Gradient programs, in a fixed order.</summary>
    public static IEnumerable<Program> All()
    {
        for (int i = 1; i <= 72; i++)
        {
            yield return Images(i).Backprop(new BackpropOptions());
        }

        for (int i = 1; i <= 14; i++)
        {
            yield return Tokens(i).Backprop(new BackpropOptions());
        }

        for (int i = 1; i <= 8; i++)
        {
            yield return Digits(i).Backprop(new BackpropOptions());
        }

        foreach (int size in (int[])[16, 100, 900, 12_000])
        {
            yield return Numbers(size).Backprop(new BackpropOptions());
        }

        yield return Single(3).Backprop(new BackpropOptions());
        yield return Single(40).Backprop(new BackpropOptions());
        foreach (int size in (int[])[3, 12, 40])
        {
            yield return Layers(size).Backprop(new BackpropOptions());
        }
    }

    // Convolution, norm, ReLU, then pooling, a shortcut or a concatenation, then a 1x1 convolution.
    private static Program Images(int i)
    {
        int from = Pick(_channels, Halton(i, 2));
        int to = Pick(_channels[1..], Halton(i, 3));
        int side = Pick(_planes, Halton(i, 5));
        int kernel = i % 4 == 3 ? 1 : 3;
        int stride = i % 6 == 5 && side >= 4 ? 2 : 1;
        int narrow = Pick(_channels[1..], Halton(i, 7));
        double products = (double)side * side / (stride * stride) * to * ((from * kernel * kernel) + narrow);
        int batch = (int)Math.Clamp(Products(i) / products, 1, 64);
        return Traced(
            [
                ("x", Real(batch, from, side, side)), ("w", Real(to, from, kernel, kernel)), ("gain", Real(to)), ("shift", Real(to)),
                ("v", Real(narrow, to, 1, 1)), ("head", Real(Classes, narrow)), ("bias", Real(Classes)), ("target", TensorType.Index(new Shape(batch))),
            ],
            v =>
            {
                var y = Functions.Conv2d(v[0], v[1], stride: stride, padding: kernel / 2);
                y = Functions.Relu(Functions.BatchNorm(y, v[2], v[3]));
                y = (i % 3) switch
                {
                    0 when y.Shape[2] >= 2 => Functions.MaxPool2d(y, 2, stride: 2),
                    1 when y.Shape.Equals(v[0].Shape) => y + v[0],
                    1 when y.Shape[2] >= 2 => Functions.AvgPool2d(y, 2, stride: 2),
                    _ => y,
                };
                y = Functions.Conv2d(y, v[4]);
                if (i % 2 == 0)
                {
                    y = Functions.Concatenate(1, y, y * 0.5).Slice(1, 0, narrow);
                }

                y = Functions.Linear(Functions.Relu(y).Mean(2, 3), v[5], v[6]);
                return [("loss", Functions.CrossEntropy(y, v[7]))];
            });
    }

    // A layer of a transformer.
    private static Program Tokens(int i)
    {
        int heads = Pick([2, 3, 4, 6, 8], Halton(i, 3));
        int width = heads * Pick([32, 64], Halton(i, 2));
        int length = Pick([32, 64, 128, 256], Halton(i, 5));
        int batch = Math.Clamp((int)(Products(i) / (12.0 * length * width * width)), 1, 8);
        return Traced(
            [
                ("x", TensorType.Index(new Shape(batch, length))), ("table", Real(64, width)), ("positions", Real(length, width)),
                ("gain", Real(width)), ("shift", Real(width)), ("qkv", Real(3 * width, width)), ("qkvBias", Real(3 * width)),
                ("out", Real(width, width)), ("outBias", Real(width)), ("up", Real(4 * width, width)), ("upBias", Real(4 * width)),
                ("down", Real(width, 4 * width)), ("downBias", Real(width)), ("target", TensorType.Index(new Shape(batch * length))),
            ],
            v =>
            {
                var x = Functions.Embedding(v[1], v[0]) + v[2];
                var y = Functions.Linear(Functions.LayerNorm(x, v[3], v[4]), v[5], v[6]);
                var parts = Enumerable.Range(0, 3).Select(p => y.Slice(2, p * width, (p + 1) * width)
                    .Reshape(new Shape(batch, length, heads, width / heads)).Transpose(0, 2, 1, 3)).ToArray();
                y = Functions.Attention(parts[0], parts[1], parts[2], causal: i % 4 != 0);
                x += Functions.Linear(y.Transpose(0, 2, 1, 3).Reshape(x.Shape), v[7], v[8]);
                y = Functions.Gelu(Functions.Linear(Functions.LayerNorm(x, v[3], v[4]), v[9], v[10]), approximate: i % 3 != 0);
                x += Functions.Linear(y, v[11], v[12]);
                return [("loss", Functions.CrossEntropy(Functions.Linear(x, v[1]).Reshape(new Shape(batch * length, 64)), v[13]))];
            });
    }

    // Few channels, large kernels with a bias, linear layers: networks for digits, and the first layers of others.
    private static Program Digits(int i)
    {
        int from = Pick([1, 3, 6], Halton(i, 2));
        int to = Pick([6, 16, 32, 64], Halton(i, 3));
        int side = Pick([14, 28, 32], Halton(i, 5));
        int kernel = i % 3 == 2 ? 3 : 5;
        int hidden = Pick([64, 120, 256, 1024], Halton(i, 7));
        int batch = (int)Math.Clamp(Products(i) / (side * side * to * from * (double)kernel * kernel), 16, 128);
        int pooled = side / 2;
        return Traced(
            [
                ("x", Real(batch, from, side, side)), ("w", Real(to, from, kernel, kernel)), ("b", Real(to)),
                ("v", Real(hidden, to * pooled * pooled)), ("c", Real(hidden)), ("head", Real(Classes, hidden)), ("bias", Real(Classes)),
                ("target", TensorType.Index(new Shape(batch))),
            ],
            v =>
            {
                var y = Functions.MaxPool2d(Functions.Relu(Functions.Conv2d(v[0], v[1], v[2], padding: kernel / 2)), 2, stride: 2);
                y = Functions.Linear(y.Reshape(new Shape(batch, to * pooled * pooled)), v[3], v[4]);
                y = (i % 3) switch { 0 => Functions.Tanh(y), 1 => Functions.Sigmoid(y), _ => Functions.Relu(y) };
                return [("loss", Functions.CrossEntropy(Functions.Linear(y, v[5], v[6]), v[7]))];
            });
    }

    // Elementwise functions and small layers, where starting a kernel is most of its time.
    private static Program Numbers(int size)
    {
        int width = Math.Clamp(size / 8, 1, 64);
        return Program.Trace(
            [("x", Real(size)), ("y", Real(size)), ("u", Real(width, size)), ("a", Real(width)), ("v", Real(1, width)), ("b", Real(1))],
            v =>
            {
                var x = (v[0] * v[1]) + Functions.Relu(v[0]) - Functions.Maximum(v[1], Functions.Sin(v[0]));
                x = Functions.Abs(Functions.Tanh(x)) * Functions.Sigmoid(v[1]) * 0.5;
                var y = Functions.Linear(Functions.Tanh(Functions.Linear(x.Reshape(new Shape(1, size)), v[2], v[3])), v[4], v[5]);
                return [("loss", Functions.Square(y).Mean() + (x * x.Sort(0).Values).Sum())];
            });
    }

    // Single numbers, which have kernels of their own.
    private static Program Single(int rounds) => Program.Trace(
        [("x", TensorType.Real(Shape.Scalar)), ("y", TensorType.Real(Shape.Scalar))],
        v =>
        {
            var (x, y) = (v[0], v[1]);
            for (int i = 0; i < rounds; i++)
            {
                (x, y) = (Functions.Relu(x * y) - Functions.Sin(y), Functions.Maximum(x, y) + (x * Functions.Abs(y)));
            }

            return [("y", x * y)];
        });

    // A small network for images and one for rows.
    private static Program Layers(int size) => Program.Trace(
        [("x", Real(1 + (size / 8), 2, 12, 12)), ("k", Real(size, 2, 3, 3)), ("r", Real(size, 2 * size)), ("w", Real(24, 2 * size)), ("b", Real(24))],
        v =>
        {
            var image = Functions.MaxPool2d(Functions.Relu(Functions.Conv2d(v[0], v[1], padding: 1)), 2, stride: 2);
            var row = Functions.Softmax(Functions.Tanh(Functions.Relu(Functions.Linear(v[2], v[3], v[4]))), 1);
            return [("loss", image.Sum() + Functions.Square(row).Mean())];
        });

    // The batch, the parameters, the labels.
    private static Program Traced(
        IReadOnlyList<(string Name, TensorType Type)> inputs,
        Func<IReadOnlyList<Variable>, IReadOnlyList<(string Name, Variable Value)>> function) => Program.Trace(
            [
                .. inputs.Select((input, i) => (input.Name, input.Type,
                    i == 0 ? InputRole.Data : i == inputs.Count - 1 ? InputRole.Target : InputRole.Parameter)),
            ],
            function);

    // Most are small, for speed; some are as large as those of networks, which do not stay in the caches.
    private static double Products(int i) => i % 5 < 2 ? ManyProducts : FewProducts;

    private static TensorType Real(params ReadOnlySpan<int> sizes) => TensorType.Real(new Shape(sizes));

    private static int Pick(int[] values, double at) => values[(int)(at * values.Length)];

    // Low-discrepancy points: few programs cover many combinations of sizes.
    private static double Halton(int i, int radix)
    {
        double value = 0;
        for (double f = 1.0 / radix; i > 0; i /= radix, f /= radix)
        {
            value += f * (i % radix);
        }

        return value;
    }
}

// The bench compiles this file too, without the tests' global usings.
#pragma warning disable IDE0005
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
#pragma warning restore IDE0005

namespace Nonsmooth.Tests.Cost.Modes;

/// <summary>Random programs from r reals to q reals, of random depth and width; the bench runs the same ones.</summary>
internal static class ModePrograms
{
    private static readonly Func<Variable, Variable>[] _unary =
        [Relu, Tanh, Functions.Abs, Sigmoid, Sin, x => Add(x, 0.5), x => Scale(x, -0.75), x => LeakyRelu(x)];

    /// <summary>The program of a number; <paramref name="scale"/> multiplies its widths.</summary>
    public static Nonsmooth.Programs.Program Random(int number, int scale = 1)
    {
        var random = new Random(7_000 + number);
        var (builder, x) = Begin(scale * Size(random, 24));
        int depth = 1 + random.Next(8);
        int width = scale * Size(random, 24);
        for (int layer = 0; layer < depth; layer++)
        {
            x = Layer(builder, random, x, layer == depth - 1 ? scale * Size(random, 24) : Math.Max(1, width + random.Next(-2, 3)), layer);
        }

        return builder.Build([("y", x)]);
    }

    /// <summary>A wide program that is narrow in one place, and the name of the layer where it is.</summary>
    public static (Nonsmooth.Programs.Program Program, int Narrow) Bottleneck(int number, int scale = 1)
    {
        var random = new Random(90_000 + number);
        var (builder, x) = Begin(scale * (24 + random.Next(24)));
        int depth = 3 + random.Next(4);
        int narrow = 1 + random.Next(depth - 2);
        int least = 1 + random.Next(2);
        for (int layer = 0; layer < depth; layer++)
        {
            x = Dense(builder, random, x, layer == narrow ? least : scale * (24 + random.Next(24)), layer);
            x = _unary[random.Next(_unary.Length)](x);
        }

        return (builder.Build([("y", x)]), least);
    }

    /// <summary>Values for the inputs, drawn with a seed.</summary>
    public static double[][] Draw(Nonsmooth.Programs.Program program, int seed)
    {
        var random = new Random(seed);
        return [.. program.Inputs.Select(i => Enumerable.Range(0, program.Types[i.Value].Shape.Elements)
            .Select(_ => (2 * random.NextDouble()) - 1).ToArray())];
    }

    private static (ProgramBuilder Builder, Variable X) Begin(int inputs)
    {
        var builder = new ProgramBuilder();
        return (builder, builder.Input("x", new Shape(inputs)));
    }

    // Small and large sizes alike: both sides of every rule are met.
    private static int Size(Random random, int most) => (int)Math.Round(Math.Pow(most, random.NextDouble()));

    private static Variable Layer(ProgramBuilder builder, Random random, Variable x, int size, int layer)
    {
        var y = Dense(builder, random, x, size, layer);
        for (int i = random.Next(4); i > 0; i--)
        {
            var next = _unary[random.Next(_unary.Length)](y);
            y = random.Next(4) switch
            {
                0 => next + y,
                1 => next * y,
                2 => Maximum(next, y),
                _ => next,
            };
        }

        return y;
    }

    private static Variable Dense(ProgramBuilder builder, Random random, Variable x, int size, int layer)
    {
        int inputs = x.Shape[0];
        if (random.Next(4) == 0)
        {
            // A table of products instead of a product with constants: both of its arguments are active.
            var table = x.Reshape(new Shape(inputs, 1)) * builder.Input($"scale{layer}", new Shape(1, size));
            return (table * Tanh(table)).Sum(0);
        }

        return Linear(x.Reshape(new Shape(1, inputs)), builder.Input($"weight{layer}", new Shape(size, inputs))).Reshape(new Shape(size));
    }
}

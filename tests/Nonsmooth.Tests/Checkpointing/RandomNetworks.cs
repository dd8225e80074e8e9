namespace Nonsmooth.Tests.Checkpointing;

/// <summary>Small random networks: convolutions, residual blocks, pooling, linear layers, tied weights.</summary>
internal static class RandomNetworks
{
    public static Program Create(int seed, bool convolutions, int depth)
    {
        var random = new Random(seed);
        var builder = new ProgramBuilder();
        int declared = 0;
        var shape = convolutions ? new Shape(2, 2, 6, 6) : new Shape(3, 5);
        var x = builder.Input("x", shape);
        Variable? shared = null;
        for (int layer = 0; layer < depth; layer++)
        {
            x = random.Next(8) switch
            {
                0 => Relu(Layer(x)),
                1 => x + Relu(Layer(Relu(Layer(x)))),
                2 => Tanh(Layer(x)),
                3 => Relu(Scale(x, 0.5)) + Square(Tanh(x)),
                4 => Sigmoid(Layer(x, tied: true)),
                5 => Silu(x),
                6 when convolutions && x.Shape[2] >= 4 => MaxPool2d(x, 2),
                _ => Relu(x + Exp(Scale(Square(x), -1))),
            };
        }

        var loss = Square(Linear(x.Flatten(1), Weight(3, x.Shape[1..].Elements), Weight(3))).Sum();
        return builder.Build([("loss", loss)]);

        Variable Weight(params int[] sizes) => builder.Input($"w{declared++}", new Shape(sizes));

        // A tied weight goes through a function first, so that segments share what is computed from it.
        Variable Layer(Variable v, bool tied = false)
        {
            var w = tied && shared is not null ? shared : convolutions ? Weight(2, 2, 3, 3) : Weight(5, 5);
            shared = tied ? w : shared;
            w = tied ? Tanh(w) : w;
            return convolutions ? Conv2d(v, w, padding: 1) : MatMul(v, w);
        }
    }

    public static double[][] Inputs(Program program, int seed)
    {
        var random = new Random(seed);
        return [.. program.Inputs.Select(i => Enumerable.Range(0, program.Types[i.Value].Shape.Elements)
            .Select(_ => (random.NextDouble() * 1.6) - 0.8).ToArray())];
    }
}

namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>Random small networks: layers, sizes, sharing and what is trained are drawn.</summary>
internal static class RandomCases
{
    public static IEnumerable<CountedCase> All(int count) => Enumerable.Range(0, count).Select(Draw);

    private static CountedCase Draw(int number)
    {
        var random = new Random(31_000 + number);
        var builder = new ProgramBuilder();
        var image = builder.Input("x", new Shape(1 + random.Next(3), 4, 5 + random.Next(4), 5 + random.Next(4)));
        var parameters = new List<Variable>();
        var x = image;
        for (int layer = 2 + random.Next(4); layer > 0; layer--)
        {
            x = Layer(x);
        }

        x = AdaptiveAvgPool2d(x, 1 + random.Next(2)).Flatten();
        var target = builder.Input("t", TensorType.Index(new Shape(x.Shape[0])));
        var loss = CrossEntropy(Linear(x, Parameter(CountedCase.Classes, x.Shape[1])), target);
        string[] wanted = [.. parameters.Where(_ => random.Next(4) > 0).Append(image).Select(p => p.Name)];
        return new CountedCase($"random network {number}", builder.Build([("loss", loss)]), wanted);

        Variable Layer(Variable h)
        {
            int channels = h.Shape[1];
            int groups = new[] { 1, 2, channels }[random.Next(3)];
            int dilation = 1 + random.Next(2);
            return random.Next(7) switch
            {
                0 => BatchNorm(h, Parameter(channels), Parameter(channels)),
                1 => h.Shape[2] > 3 && h.Shape[3] > 3 ? MaxPool2d(h, 2, 1 + random.Next(2)) : Relu(h),
                2 => h + Relu(Conv2d(h, Kernel(channels, channels / groups, 3, 3), null, 1, dilation, dilation, groups)),
                3 => ConvTranspose2d(h, Kernel(channels, 4 / groups, 2, 3), null, 1 + random.Next(2), random.Next(2), 0, 1, groups),
                4 => AvgPool2d(h, 3, 1 + random.Next(2), 1, random.Next(2) == 0),
                5 => LayerNorm(h, Parameter(h.Shape[^1]), Parameter(h.Shape[^1])),
                _ => Gelu(Conv2d(h, Kernel(4, channels / groups, 3, 3), Parameter(4), 1 + random.Next(2), 2, dilation, groups)),
            };
        }

        // A parameter of the same shape is shared half the time.
        Variable Kernel(params int[] sizes) =>
            parameters.FirstOrDefault(p => p.Shape.SequenceEqual(sizes) && random.Next(2) == 0) ?? Parameter(sizes);

        Variable Parameter(params int[] sizes)
        {
            parameters.Add(builder.Input($"p{parameters.Count}", new Shape(sizes)));
            return parameters[^1];
        }
    }
}

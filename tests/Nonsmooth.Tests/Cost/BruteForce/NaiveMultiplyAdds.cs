namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>Multiply-adds of products and convolutions, tap by tap: nothing here knows a formula.</summary>
internal static class NaiveMultiplyAdds
{
    /// <summary>Those of the value and those of the backward sweep: as many again for each argument that is active.</summary>
    public static (MultiplyAdds Forward, MultiplyAdds Backward) Of(Program program, IEnumerable<string> withRespectTo)
    {
        var flat = program.Flatten().Prune();
        var active = new bool[flat.Types.Count];
        foreach (string name in withRespectTo)
        {
            active[flat.Input(name).Value] = true;
        }

        var (forward, backward) = (MultiplyAdds.Zero, MultiplyAdds.Zero);
        foreach (var node in flat.Nodes)
        {
            bool any = node.Arguments.Any(a => active[a]);
            foreach (int result in node.Results)
            {
                active[result] = any && flat.Types[result].Kind == ElementKind.Real;
            }

            var one = One(node.Function, [.. flat.ArgumentTypes(node).Select(t => t.Shape)]);
            forward += one;

            // The adjoints of a dot product scale a vector: nothing is added up.
            foreach (int _ in node.Function is Nonsmooth.Dictionary.Dot ? [] : node.Arguments.Take(2).Where(a => active[a]))
            {
                backward += one;
            }
        }

        return (forward, backward);
    }

    private static MultiplyAdds One(ElementaryFunction function, Shape[] shapes) => function switch
    {
        Conv2d c => Windows(shapes[0], shapes[1], c.Stride, c.Padding, c.Dilation, c.Groups),
        Conv2dWeight c => Windows(
            shapes[0], new Shape(shapes[1][1], shapes[0][1] / c.Groups, c.Kernel[0], c.Kernel[1]), c.Stride, c.Padding, c.Dilation, c.Groups),
        ConvTranspose2d c => Spread(shapes[0], shapes[1], c),
        Nonsmooth.Dictionary.Linear => Same(Loop(shapes[0][..^1].Elements, shapes[1][0], shapes[1][1])),
        MatMul m => Same(Loop(
            shapes[0][..^2].Elements,
            m.TransposeLeft ? shapes[0][^1] : shapes[0][^2],
            m.TransposeLeft ? shapes[0][^2] : shapes[0][^1],
            m.TransposeRight ? shapes[1][^2] : shapes[1][^1])),
        Nonsmooth.Dictionary.Dot => Same(Loop(shapes[0].Elements)),
        _ => MultiplyAdds.Zero,
    };

    private static MultiplyAdds Windows(Shape x, Shape w, IntVector stride, IntVector padding, IntVector dilation, int groups)
    {
        long dense = 0;
        long effective = 0;
        int rows = Outputs(x[2], w[2], 0);
        int columns = Outputs(x[3], w[3], 1);
        for (long image = Loop(x[0], w[0]); image > 0; image--)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    for (int a = 0; a < w[2]; a++)
                    {
                        for (int b = 0; b < w[3]; b++)
                        {
                            int row = (r * stride[0]) - padding[0] + (a * dilation[0]);
                            int column = (c * stride[1]) - padding[1] + (b * dilation[1]);
                            long channels = x[1] / groups;
                            dense += channels;
                            effective += row >= 0 && row < x[2] && column >= 0 && column < x[3] ? channels : 0;
                        }
                    }
                }
            }
        }

        return new(dense, effective);

        int Outputs(int size, int kernel, int axis)
        {
            int count = 0;
            for (int at = -padding[axis]; at + (dilation[axis] * (kernel - 1)) < size + padding[axis]; at += stride[axis])
            {
                count++;
            }

            return count;
        }
    }

    private static MultiplyAdds Spread(Shape x, Shape w, ConvTranspose2d c)
    {
        long dense = 0;
        long effective = 0;
        int rows = Size(0);
        int columns = Size(1);
        for (long image = Loop(x[0], x[1], w[1]); image > 0; image--)
        {
            for (int h = 0; h < x[2]; h++)
            {
                for (int v = 0; v < x[3]; v++)
                {
                    for (int a = 0; a < w[2]; a++)
                    {
                        for (int b = 0; b < w[3]; b++)
                        {
                            int row = (h * c.Stride[0]) - c.Padding[0] + (a * c.Dilation[0]);
                            int column = (v * c.Stride[1]) - c.Padding[1] + (b * c.Dilation[1]);
                            dense++;
                            effective += row >= 0 && row < rows && column >= 0 && column < columns ? 1 : 0;
                        }
                    }
                }
            }
        }

        return new(dense, effective);

        int Size(int axis) => ((x[2 + axis] - 1) * c.Stride[axis]) - (2 * c.Padding[axis])
            + (c.Dilation[axis] * (w[2 + axis] - 1)) + c.OutputPadding[axis] + 1;
    }

    // Counted one by one.
    private static long Loop(params ReadOnlySpan<int> sizes)
    {
        if (sizes.IsEmpty)
        {
            return 1;
        }

        long count = 0;
        for (int i = 0; i < sizes[0]; i++)
        {
            count += Loop(sizes[1..]);
        }

        return count;
    }

    private static MultiplyAdds Same(long count) => new(count, count);
}

using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Census;

/// <summary>Counts, while a program runs, the applications of ReLU and max pooling that are at a kink.</summary>
internal sealed class KinkCounter
{
    private readonly List<KinkCount> _counts = [];

    public IReadOnlyList<KinkCount> Counts => _counts;

    /// <summary>To be a program's observer. Both zeros are 0; a window that has a NaN has no tie.</summary>
    public void Observe(Node node, CompiledProgram program)
    {
        if (node.Function is Unary<Relu>)
        {
            double[] x = Values(node, program);
            _counts.Add(new KinkCount(node.Name, node.Function.Name, x.Length, x.Count(v => v == 0)));
        }
        else if (node.Function is MaxPool2d pool)
        {
            var input = program.Program.Types[node.Arguments[0]].Shape;
            var output = program.Program.Types[node.Results[0]].Shape;
            _counts.Add(new KinkCount(node.Name, node.Function.Name, output.Count64, Ties(pool, Values(node, program), input, output)));
        }
    }

    private static double[] Values(Node node, CompiledProgram program)
    {
        using var value = program.Peek(node.Arguments[0]);
        using var wide = value.To(TorchDtype.Float64);
        return wide.ToArray<double>();
    }

    private static long Ties(MaxPool2d pool, double[] x, Shape input, Shape output)
    {
        int plane = input[2] * input[3];
        long ties = 0;
        for (int p = 0; p < input[0] * input[1]; p++)
        {
            var elements = x.AsSpan(p * plane, plane);
            for (int i = 0; i < output[2]; i++)
            {
                for (int j = 0; j < output[3]; j++)
                {
                    ties += IsTied(pool, elements, input, i, j) ? 1 : 0;
                }
            }
        }

        return ties;
    }

    private static bool IsTied(MaxPool2d pool, ReadOnlySpan<double> plane, Shape input, int i, int j)
    {
        double best = double.NegativeInfinity;
        int attained = 0;
        for (int a = 0; a < pool.Kernel[0]; a++)
        {
            int row = (i * pool.Stride[0]) - pool.Padding[0] + (a * pool.Dilation[0]);
            for (int b = 0; b < pool.Kernel[1]; b++)
            {
                int column = (j * pool.Stride[1]) - pool.Padding[1] + (b * pool.Dilation[1]);
                if ((uint)row >= (uint)input[2] || (uint)column >= (uint)input[3])
                {
                    continue;
                }

                double value = plane[(row * input[3]) + column];
                if (double.IsNaN(value))
                {
                    return false;
                }

                attained = value > best ? 1 : attained + (value == best ? 1 : 0);
                best = Math.Max(best, value);
            }
        }

        return attained > 1;
    }
}

namespace Nonsmooth.Tests.Answers;

/// <summary>A linear ReLU network M_L relu(… relu(M_1 x)) with entries −1, 0, 1, as matrices and as a program of scalars.</summary>
internal sealed class TernaryNetwork
{
    private readonly int[][,] _matrices;

    private TernaryNetwork(int[][,] matrices) => _matrices = matrices;

    public int Inputs => _matrices[0].GetLength(1);

    public int Units => _matrices.SkipLast(1).Sum(m => m.GetLength(0));

    public static TernaryNetwork Draw(Random random, int layers, int width)
    {
        int[] widths = [random.Next(1, width + 1), .. Enumerable.Range(0, layers - 1).Select(_ => random.Next(1, width + 1)), 1];
        double density = 0.3 + (0.5 * random.NextDouble());
        return new TernaryNetwork([.. widths.Skip(1).Select((rows, l) =>
        {
            var matrix = new int[rows, widths[l]];
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < widths[l]; j++)
                {
                    matrix[i, j] = random.NextDouble() < density ? (2 * random.Next(2)) - 1 : 0;
                }
            }

            return matrix;
        })]);
    }

    public Program Trace()
    {
        var builder = new ProgramBuilder();
        Variable?[] values = [.. Enumerable.Range(0, Inputs).Select(i => builder.Input($"x{i}", Shape.Scalar))];
        for (int l = 0; l < _matrices.Length; l++)
        {
            values = [.. Enumerable.Range(0, _matrices[l].GetLength(0)).Select(i => Neuron(builder, l, i, values))];
        }

        return builder.Build([("value", values[0] ?? builder.Apply(new Fill(Shape.Scalar, 0)))]);
    }

    /// <summary>The product of the matrices with given slopes at the units.</summary>
    public double[] Gradient(Func<int, int, double> slope)
    {
        double[] row = [1];
        for (int l = _matrices.Length - 1; l >= 0; l--)
        {
            var m = _matrices[l];
            var next = new double[m.GetLength(1)];
            for (int j = 0; j < next.Length; j++)
            {
                for (int i = 0; i < row.Length; i++)
                {
                    next[j] += row[i] * m[i, j];
                }

                next[j] *= l > 0 ? slope(l - 1, j) : 1;
            }

            row = next;
        }

        return row;
    }

    /// <summary>The gradient at a generic point.</summary>
    public double[] GradientAt(double[] x)
    {
        var signs = new List<double[]>();
        double[] values = x;
        foreach (var m in _matrices.SkipLast(1))
        {
            double[] z = [.. Enumerable.Range(0, m.GetLength(0)).Select(i => values.Select((v, j) => m[i, j] * v).Sum())];
            signs.Add([.. z.Select(v => v > 0 ? 1.0 : 0)]);
            values = [.. z.Select(v => Math.Max(v, 0))];
        }

        return Gradient((layer, unit) => signs[layer][unit]);
    }

    /// <summary>Whether backprop's gradient at 0 is the same for all 2^units selections, by trying all.</summary>
    public bool IsAmbiguousAtZero()
    {
        int[] offsets = [0, .. _matrices.SkipLast(1).Select(m => m.GetLength(0))];
        for (int l = 1; l < offsets.Length; l++)
        {
            offsets[l] += offsets[l - 1];
        }

        double[]? first = null;
        for (long choice = 0; choice < 1L << Units; choice++)
        {
            var gradient = Gradient((layer, unit) => (choice >> (offsets[layer] + unit)) & 1);
            first ??= gradient;
            if (!gradient.SequenceEqual(first))
            {
                return true;
            }
        }

        return false;
    }

    // Equal neurons stay two: each has a kink of its own.
    private Variable? Neuron(ProgramBuilder builder, int layer, int row, Variable?[] values)
    {
        using (builder.Fresh())
        {
            return Row(_matrices[layer], row, values) is { } z ? layer < _matrices.Length - 1 ? Relu(z) : z : null;
        }
    }

    private static Variable? Row(int[,] matrix, int row, Variable?[] values)
    {
        Variable? sum = null;
        for (int j = 0; j < values.Length; j++)
        {
            if (values[j] is { } v && matrix[row, j] != 0)
            {
                sum = sum is null
                    ? matrix[row, j] > 0 ? v : Negate(v)
                    : matrix[row, j] > 0 ? Add(sum, v) : Subtract(sum, v);
            }
        }

        return sum;
    }
}

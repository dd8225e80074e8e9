using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Scalars;

/// <summary>Random programs of ten numbers by addition, subtraction, multiplication, relu, maximum and sine: each operation's value is read later.</summary>
internal static class ScalarPrograms
{
    public const int Inputs = 10;

    /// <summary>What multiplies numbers that grow where there are no sines.</summary>
    public const double Shrinking = 0.25;

    // In a hundred.
    private const int Joined = 30;

    /// <summary>The program of exactly so many operations, and a point; without sines, a factor takes their place.</summary>
    public static (Programs.Program Program, double[] Point) Draw(int operations, ulong seed, bool sines = true)
    {
        var random = new CounterRandom(seed).Derive("scalar program").Sequence();
        var builder = new ProgramBuilder();
        var values = new List<Variable>();
        var numbers = new List<double>();
        var unread = new Queue<int>();
        double[] point = new double[Inputs];
        for (int i = 0; i < Inputs; i++)
        {
            point[i] = random.NextSigned();
            Keep(builder.Input($"x{i}", Shape.Scalar), point[i]);
        }

        for (int step = 0; step < operations; step++)
        {
            // One operand is the value that has waited longest, the other an input or, less often, one of the last hundred values: else the
            // paths from an input, and with them the gradient, would grow without bound. In the end those that wait are added.
            bool ends = operations - step < unread.Count;
            int a = unread.Dequeue();
            int b = ends && unread.Count > 0 ? unread.Dequeue()
                : random.NextInt32(100) < Joined ? values.Count - 1 - random.NextInt32(Math.Min(100, values.Count)) : random.NextInt32(Inputs);
            var (x, y) = (numbers[a], numbers[b]);
            int kind = ends ? 0 : random.NextInt32(6);
            double value = Value(kind, x, y, sines);

            // The point's own values tell where numbers grow: a sine bounds them, or a factor.
            kind = ends || Math.Abs(value) < 10 ? kind : 5;
            Keep(Apply(kind, values[a], values[b], sines), Value(kind, x, y, sines));
        }

        return (builder.Build([("value", values[^1])]), point);

        void Keep(Variable variable, double number)
        {
            unread.Enqueue(values.Count);
            values.Add(variable);
            numbers.Add(number);
        }
    }

    private static Variable Apply(int kind, Variable a, Variable b, bool sines) => kind switch
    {
        0 => Functions.Add(a, b),
        1 => Functions.Subtract(a, b),
        2 => Functions.Multiply(a, b),
        3 => Functions.Relu(a),
        4 => Functions.Maximum(a, b),
        _ => sines ? Functions.Sin(a) : Shrinking * a,
    };

    private static double Value(int kind, double a, double b, bool sines) => kind switch
    {
        0 => a + b,
        1 => a - b,
        2 => a * b,
        3 => Math.Max(a, 0),
        4 => Math.Max(a, b),
        _ => sines ? Math.Sin(a) : Shrinking * a,
    };
}

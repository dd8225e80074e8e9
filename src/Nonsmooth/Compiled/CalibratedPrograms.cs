using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>Small programs of one kind of work each, and some mixtures with their gradients.</summary>
internal static class CalibratedPrograms
{
    public static IEnumerable<Program> All()
    {
        foreach (int count in new[] { 40, 300 })
        {
            yield return Scalars(count, static (v, i) => i % 2 == 0 ? v[i % 8] * v[(i + 3) % 8] : Functions.Maximum(v[i % 8], v[(i + 5) % 8]));
            yield return Scalars(count, static (v, i) => (i % 6) switch
            {
                0 => v[i % 8] + v[(i + 3) % 8],
                1 => v[i % 8] * v[(i + 5) % 8],
                2 => Functions.Maximum(v[i % 8], v[(i + 1) % 8]),
                3 => v[i % 8] - v[(i + 2) % 8],
                4 => Functions.Relu(v[i % 8]),
                _ => Functions.Sin(v[i % 8]),
            }).Backprop(new BackpropOptions());
        }

        foreach (int size in new[] { 64, 1024, 8192 })
        {
            yield return Of(size, x => Enumerable.Range(0, 6).Aggregate(x, (a, i) => i % 2 == 0 ? a * x : Functions.Maximum(a, x)));
            yield return Of(size, x => Functions.Sin(Functions.Tanh(x)));
            yield return Of(size, x => (Functions.Sigmoid(x) * Functions.Abs(x)).Sum()).Backprop(new BackpropOptions());
            yield return Of(size, x => x.Sum());
            yield return Program.Trace([("x", new Shape(size / 16, 16))], v => [("y", v[0].Transpose(1, 0) * 2.0)]);
            yield return Of(size / 4, x => x.Sort(0).Values);
        }

        yield return Program.Trace([("x", new Shape(64, 32))], v => [("y", v[0].Sum(0)), ("z", v[0].Sum(1))]);
        yield return Program.Trace([("x", new Shape(1, 4, 12, 12))], v => [("y", Functions.MaxPool2d(v[0], 2, stride: 2))]).Backprop(new BackpropOptions());
        yield return Program.Trace([("x", new Shape(2, 3, 10, 10)), ("w", new Shape(8, 3, 3, 3))], v => [("y", Functions.Conv2d(v[0], v[1]).Sum())]).Backprop(new BackpropOptions());
        foreach (var (rows, inner, columns) in new[] { (8, 8, 8), (24, 24, 24), (64, 64, 64), (1, 48, 48), (5, 20, 7) })
        {
            yield return Program.Trace([("a", new Shape(rows, inner)), ("b", new Shape(inner, columns))], v => [("y", Functions.MatMul(v[0], v[1]))]);
        }

        yield return Program.Trace([("x", new Shape(24, 16))], v => [("y", Functions.Multiply(Functions.Softmax(v[0], 1), v[0]).Sum())]).Backprop(new BackpropOptions());
        foreach (var (rows, inner, columns) in new[] { (4, 6, 12), (20, 12, 48), (1, 40, 40), (64, 200, 200) })
        {
            yield return Program.Trace(
                [("x", new Shape(rows, inner)), ("w", new Shape(columns, inner)), ("b", new Shape(columns))],
                v => [("y", Functions.Square(Functions.Relu(Functions.Linear(v[0], v[1], v[2]))).Mean())]).Backprop(new BackpropOptions());
        }
    }

    private static Program Of(int size, Func<Variable, Variable> function) => Program.Trace([("x", new Shape(size))], v => [("y", function(v[0]))]);

    private static Program Scalars(int count, Func<List<Variable>, int, Variable> next)
    {
        var builder = new ProgramBuilder();
        List<Variable> values = [.. Enumerable.Range(0, 8).Select(i => builder.Input($"x{i}", Shape.Scalar))];
        for (int i = 0; i < count; i++)
        {
            values[i % 8] = next(values, i);
        }

        return builder.Build([("y", values.Aggregate(static (a, b) => a + b))]);
    }
}

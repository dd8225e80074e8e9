using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Scalars;

/// <summary>Small programs of several kinds, with their gradients; none is among those that a machine is calibrated with.</summary>
internal static class SmallPrograms
{
    public static IEnumerable<(string Name, Programs.Program Program)> All()
    {
        foreach (int operations in new[] { 100, 1000 })
        {
            var scalars = ScalarPrograms.Draw(operations, 1).Program;
            yield return ($"{operations} scalars, value", scalars);
            yield return ($"{operations} scalars", scalars.Backprop(new BackpropOptions()));
        }

        foreach (int size in new[] { 64, 1024, 16_384 })
        {
            yield return ($"tanh · relu of {size}", Gradient([("x", new Shape(size))], v => Functions.Multiply(Functions.Tanh(v[0]), Functions.Relu(v[0])).Sum()));
        }

        foreach (int size in new[] { 16, 64, 256 })
        {
            yield return ($"layer of {size}", Gradient(
                [("x", new Shape(size, size)), ("w", new Shape(size, size)), ("b", new Shape(size))],
                v => Functions.Square(Functions.Relu(Functions.Linear(v[0], v[1], v[2]))).Mean()));
        }

        foreach (int batch in new[] { 1, 32 })
        {
            yield return ($"10-32-32-1, batch {batch}", Gradient(
                [("x", new Shape(batch, 10)), ("u", new Shape(32, 10)), ("a", new Shape(32)), ("v", new Shape(32, 32)), ("b", new Shape(32)), ("w", new Shape(1, 32)), ("c", new Shape(1))],
                v => Functions.Square(Functions.Linear(Functions.Tanh(Functions.Linear(Functions.Tanh(Functions.Linear(v[0], v[1], v[2])), v[3], v[4])), v[5], v[6])).Mean()));
        }

        yield return ("softmax of 32 × 20", Gradient([("x", new Shape(32, 20))], v => Functions.Square(Functions.Softmax(v[0], 1)).Sum()));
        yield return ("3 × 3 convolution, 16 × 16", Gradient(
            [("x", new Shape(2, 3, 16, 16)), ("w", new Shape(8, 3, 3, 3))],
            v => Functions.MaxPool2d(Functions.Relu(Functions.Conv2d(v[0], v[1], padding: 1)), 2, stride: 2).Sum()));
        yield return ("sorted absolute values, 500", Gradient([("x", new Shape(500))], v => (Functions.Abs(v[0]).Sort(0).Values * v[0]).Sum()));
    }

    private static Programs.Program Gradient(IReadOnlyList<(string Name, TensorType Type)> inputs, Func<IReadOnlyList<Programs.Variable>, Programs.Variable> function) =>
        Programs.Program.Trace(inputs, v => [("y", function(v))]).Backprop(new BackpropOptions());
}

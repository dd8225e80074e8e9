using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cli.Kinks;

/// <summary>relu(−x) + x − relu(x): identically 0, with a slope at 0 that depends on ReLU'(0).</summary>
/// <param name="Expression">The program as one writes it.</param>
/// <param name="Value">Its value at 0.</param>
/// <param name="SlopeUnderZero">Its derivative at 0 when ReLU'(0) = 0.</param>
/// <param name="SlopeUnderHalf">Its derivative at 0 when ReLU'(0) = ½.</param>
internal sealed record ZeroProgram(string Expression, double Value, double SlopeUnderZero, double SlopeUnderHalf)
{
    /// <summary>Differentiates the program under both selections.</summary>
    public static ZeroProgram Differentiate()
    {
        var program = Program.Trace(
            static x => Functions.Relu(-x) + x - Functions.Relu(x), Shape.Scalar);
        var value = Evaluation.Interpreter.Run<Arithmetic.Float64>(program, new double[1])[0];
        return new ZeroProgram(
            "relu(−x) + x − relu(x)",
            ((Tensor<double>)value)[0],
            Slope(0),
            Slope(0.5));

        double Slope(double reluAtZero) => Gradients.At(program, Selection.Default with { ReluAtZero = reluAtZero }, 0)[0];
    }

    /// <summary>Why it happens, in words.</summary>
    public string Explanation
    {
        get
        {
            var c = CultureInfo.InvariantCulture;
            string found = string.Create(c, $"{Expression} is {Value} for every x, yet at 0 backprop gives it the derivative {SlopeUnderZero} ")
                + string.Create(c, $"under ReLU'(0) = 0 and {SlopeUnderHalf} under ReLU'(0) = ½: ");
            return found
                + "the chain rule adds −s + 1 − s for s = ReLU'(0), which is 0 for s = ½ only. "
                + "Each term's slope is a Clarke subgradient of that term; their sum need not be one of the whole, "
                + "only an element of a conservative gradient, which differs from the derivative on a null set at most.";
        }
    }
}

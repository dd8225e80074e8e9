using Nonsmooth.Arithmetic;
using Nonsmooth.Cli.Output;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Finds where a function of one variable jumps, by looking.</summary>
internal static class Jumps
{
    private const double _reach = 2;
    private const double _grid = 0.25;
    private const double _step = 1e-9;

    /// <summary>The jumps seen on the quarters between −2 and 2, in words.</summary>
    public static string Of(ElementaryFunction function)
    {
        var program = Program.Trace(x => x.Builder.Apply(function, x), Shape.Scalar);
        var seen = new List<string>();
        for (double x = -_reach; x <= _reach; x += _grid)
        {
            if (Math.Abs(Value(x + _step) - Value(x - _step)) > 0.5)
            {
                seen.Add(Numbers.Short(x));
            }
        }

        return $"jumps at x = {string.Join(", ", seen)}{(seen.Count > 1 ? ", …" : "")}";

        double Value(double x) => ((Tensor<double>)Interpreter.Run<Float64>(program, new[] { x })[0])[0];
    }
}

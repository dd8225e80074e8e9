using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Gradients of small programs, in double precision, by backprop.</summary>
internal static class Gradients
{
    /// <summary>The gradient of a program with one real input and one scalar output.</summary>
    public static double[] At(Program program, Selection selection, params double[] point)
    {
        var gradient = program.Backprop(new BackpropOptions { Selection = selection, KeepValues = false });

        // Adding 0 makes −0 plain 0.
        return Array.ConvertAll(((Tensor<double>)Interpreter.Run<Float64>(gradient, point)[0]).Elements, static g => g + 0);
    }
}

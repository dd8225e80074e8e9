using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Introductions;

/// <summary>Value and derivative in t of an introductory program, on either executor.</summary>
internal static class Derivatives
{
    public static (double Value, double Slope) Compiled(FixedSubject subject, Precision precision)
    {
        using (subject)
        {
            using var runner = new GradientRunner(subject.Objective, subject.Parameters, Selection.Default, precision);
            var gradient = runner.Run(subject.Inputs(0, 0));
            return (gradient.Loss, gradient.Tensors[0][0]);
        }
    }

    public static (double Value, double Slope) Interpreted(Program program, Precision precision, double t, IReadOnlyList<double> x)
    {
        var gradient = GradientRunner.Of(program, ["t"], Selection.Default);
        Array[] inputs = [new double[] { t }, x.ToArray()];
        var outputs = precision switch
        {
            Precision.Float64 => Interpreter.Run<Float64>(gradient, inputs),
            Precision.BFloat16 => Interpreter.Run<BFloat16>(gradient, inputs),
            Precision.Float16 => Interpreter.Run<Float16>(gradient, inputs),
            _ => Interpreter.Run<Float32>(gradient, inputs),
        };
        return (((Tensor<double>)outputs[0])[0], ((Tensor<double>)outputs[1])[0]);
    }
}

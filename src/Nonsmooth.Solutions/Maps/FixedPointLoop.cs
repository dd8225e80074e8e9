using Nonsmooth.Evaluation;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The iteration and its adjoint with programs of an executor, on its own tensors and in its own arithmetic.</summary>
/// <remarks>At most two values of the unknown's size are held beside a step's own, however many steps there are.</remarks>
internal static class FixedPointLoop
{
    /// <summary>The fixed point and its state.</summary>
    public static IReadOnlyList<TValue> Solve<TValue>(FixedPoint map, IProgramRunner<TValue> runner, IReadOnlyList<TValue> parameters)
        where TValue : class, IDisposable
    {
        var program = UnknownProgram.Of(map.Step, map.Unknown);
        var contraction = new Contraction(map.Tolerance, map.Most, runner.UnitRoundoff);
        var x = runner.Zeros(TensorType.Real(program.Shape));
        try
        {
            bool near = false;
            while (!near)
            {
                var results = runner.Run(program.Measured, program.Inputs(parameters, x));
                x.Dispose();
                x = results[0];
                near = contraction.Reaches(Take(runner, results[1]), Take(runner, results[2]));
            }

            return [x, runner.Zeros(TensorType.Index(new Shape(0)))];
        }
        catch
        {
            x.Dispose();
            throw;
        }
    }

    /// <summary>Cotangents of all parameters: terms of u = v + Jᵀu until they are used up or below rounding.</summary>
    /// <exception cref="NotContractingException">The terms grow.</exception>
    public static IReadOnlyList<TValue> Cotangent<TValue>(
        FixedPoint map, IProgramRunner<TValue> runner, IReadOnlyList<TValue> parameters, TValue x, TValue v)
        where TValue : class, IDisposable
    {
        var program = UnknownProgram.Of(map.Step, map.Unknown);
        var inputs = program.Inputs(parameters, x);
        TValue? sum = null;
        var terms = new NeumannTerms(runner.UnitRoundoff);
        try
        {
            bool goes = true;
            for (int term = 1; goes && term < ((Neumann)map.Strategy).Terms; term++)
            {
                var results = runner.Run(program.Adjoint, [.. inputs, sum ?? v, v]);
                sum?.Dispose();
                sum = results[0];
                goes = terms.Goes(Take(runner, results[1]), Take(runner, results[2]));
            }

            terms.Check();
            var gradients = runner.Run(program.Backward, [.. inputs, sum ?? v]);
            gradients[program.Unknown].Dispose();
            return [.. gradients.Where((_, i) => i != program.Unknown)];
        }
        finally
        {
            sum?.Dispose();
        }
    }

    private static double Take<TValue>(IProgramRunner<TValue> runner, TValue scalar)
        where TValue : class, IDisposable
    {
        using (scalar)
        {
            return runner.Read(scalar);
        }
    }
}

using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A proof that an equation has one root near a point and that every Jacobian around is invertible.</summary>
/// <remarks>
/// Krawczyk's operator: with an approximate inverse R of the Jacobian at x and the Jacobians J of a box around x, −R·F(x) + (1 − RJ)(box − x) inside the box's
/// interior proves both. At kinks J is the hull over all selections; of a program that may jump (a floor, a sign, a branch) J says too little, and nothing is proved. Functions other than + − × ÷ √ rest on the platform's, as
/// <see cref="Enclosure"/> says. Source: Krawczyk (1969); Rump (Acta Numerica 2010), section 13.
/// </remarks>
internal static class RootProof
{
    private const int _tries = 4;

    /// <param name="program">F, or T of a fixed point x = T(x).</param>
    /// <param name="parameters">θ.</param>
    /// <param name="x">A point near the root.</param>
    /// <param name="inverse">R.</param>
    /// <param name="fixedPoint">Whether the equation is x = T(θ, x).</param>
    public static bool IsProved(UnknownProgram program, IReadOnlyList<double[]> parameters, double[] x, Matrix<double> inverse, bool fixedPoint)
    {
        if (program.Program.Flatten().Nodes.Any(n => MayJump(n.Function)))
        {
            return false;
        }

        try
        {
            var residual = Values(program, program.Program, parameters, Enclosures.Of(x), null);
            residual = fixedPoint ? [.. x.Zip(residual, (a, t) => a - t)] : residual;
            double[] moved = [.. Enclosures.Times(inverse, residual).Select(e => e.Magnitude)];
            double[] radius = [.. moved.Zip(x, (m, a) => (2 * m) + (4 * Math.BitIncrement(Math.Abs(a))) - (4 * Math.Abs(a)))];
            for (int attempt = 0; attempt < _tries; attempt++)
            {
                var slopes = Jacobian(program, parameters, [.. x.Zip(radius, (a, r) => a + Enclosures.Around(r))], fixedPoint);
                double[] reach = Reach(inverse, slopes, moved, radius);
                if (reach.Zip(radius, (k, r) => k < r).All(inside => inside))
                {
                    return true;
                }

                radius = Array.ConvertAll(reach, k => 1.5 * k);
            }

            return false;
        }
        catch (UndecidedException)
        {
            // A box over which a decision of the program is open proves nothing: the answer is no.
            return false;
        }
    }

    // Masks and positions are refused where the box does not decide them.
    private static bool MayJump(ElementaryFunction function) =>
        function.Regularity == Regularity.NotPathDifferentiable && function is not DiscreteFunction;

    // |R·F(x)| + |1 − RJ|·r, entry by entry.
    /// <summary>By how much rounding moves the program's value, in intervals; null where they do not tell, as at kinks.</summary>
    public static double[]? Rounding(UnknownProgram program, IReadOnlyList<double[]> parameters, double[] x)
    {
        try
        {
            return [.. Values(program, program.Program, parameters, Enclosures.Of(x), null).Select(e => e.Upper - e.Lower)];
        }
        catch (UndecidedException)
        {
            return null;
        }
    }

    private static double[] Reach(Matrix<double> inverse, Enclosure[][] columns, double[] moved, double[] radius)
    {
        double[] reach = new double[moved.Length];
        for (int i = 0; i < reach.Length; i++)
        {
            double[] row = inverse.Row(i).ToArray();
            Enclosure sum = moved[i];
            for (int j = 0; j < reach.Length; j++)
            {
                var off = (i == j ? 1 : 0) - Enclosures.Dot(row, columns[j]);
                sum += off.Magnitude * (Enclosure)radius[j];
            }

            reach[i] = sum.Upper;
        }

        return reach;
    }

    private static Enclosure[][] Jacobian(UnknownProgram program, IReadOnlyList<double[]> parameters, Enclosure[] box, bool fixedPoint) =>
    [
        .. box.Select((_, j) =>
        {
            var unit = new Enclosure[box.Length];
            unit[j] = 1;
            var column = Values(program, program.Forward, parameters, box, unit);
            return fixedPoint ? [.. column.Select((c, i) => (i == j ? 1 : 0) - c)] : column;
        }),
    ];

    private static Enclosure[] Values(UnknownProgram program, Program run, IReadOnlyList<double[]> parameters, Enclosure[] x, Enclosure[]? direction)
    {
        var given = program.Inputs([.. parameters.Select(Enclosures.Of)], x);
        var along = direction is null ? [] : program.Inputs([.. parameters.Select(p => new Enclosure[p.Length])], direction);
        Tensor[] inputs = [.. given.Concat(along).Select((e, i) => new Tensor<Enclosure>(run.Types[run.Inputs[i].Value].Shape, e))];
        return ((Tensor<Enclosure>)Interpreter.Evaluate<Enclosure>(run, inputs)[0]).Elements;
    }
}

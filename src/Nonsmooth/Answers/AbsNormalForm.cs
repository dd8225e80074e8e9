using System.Globalization;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>
/// Griewank's abs-normal form of a program at a point: z = c + Z·d + L·|z|, y = b + J·d + Y·|z|, L strictly lower
/// triangular, for a step d. It is the piecewise linear model whose error is O(‖d‖²).
/// </summary>
/// <param name="Constants">c, one a switch.</param>
/// <param name="SwitchByInput">Z.</param>
/// <param name="SwitchBySwitch">L.</param>
/// <param name="OutputConstants">b, one an output element.</param>
/// <param name="OutputByInput">J.</param>
/// <param name="OutputBySwitch">Y.</param>
/// <remarks>
/// Switches are the arguments of all kinks, tied or not, in the order of the program: x − k for a kink at k, a − b for an
/// extremum of two. Made only where it fits a budget: it takes (s + q)·(s + p) numbers and s + q backward sweeps.
/// Source: complexity specification, 3.4b; A. Griewank, <i>On stable piecewise linearization and generalized algorithmic
/// differentiation</i> (2013).
/// </remarks>
public sealed record AbsNormalForm(
    double[] Constants, double[][] SwitchByInput, double[][] SwitchBySwitch, double[] OutputConstants, double[][] OutputByInput, double[][] OutputBySwitch)
{
    /// <summary>The form at a point.</summary>
    /// <param name="program">Any program without a 2-norm at 0.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="budget">How many bytes the matrices may take. Default 256 MiB.</param>
    /// <param name="options">With respect to what.</param>
    /// <exception cref="NonsmoothException">It would take more (the message says how much), a 2-norm sits at 0, or its time is over.</exception>
    public static AbsNormalForm Of(Program program, IReadOnlyList<Array> inputs, long budget = 256 << 20, AnswerOptions? options = null)
    {
        options ??= new AnswerOptions();
        try
        {
            return Of(program, inputs, budget, options, new Deadline(options.Time));
        }
        catch (OutOfTimeException e)
        {
            throw new NonsmoothException($"no abs-normal form: {e.Message}");
        }
    }

    /// <summary>How large the form would be, from the program's types alone.</summary>
    public static AbsNormalSize Size(Program program, AnswerOptions? options = null) =>
        Measure(KinkForm.Of(program), (options ?? new AnswerOptions()).WithRespectTo);

    /// <summary>The model's switches and outputs after a step.</summary>
    /// <param name="step">All inputs in a row.</param>
    public (double[] Switches, double[] Outputs) Evaluate(double[] step)
    {
        var z = new double[Constants.Length];
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = Constants[i] + ConvexHull.Dot(SwitchByInput[i], step) + Weighted(SwitchBySwitch[i], z);
        }

        return (z, [.. OutputConstants.Select((b, i) => b + ConvexHull.Dot(OutputByInput[i], step) + Weighted(OutputBySwitch[i], z))]);
    }

    private static AbsNormalForm Of(Program program, IReadOnlyList<Array> inputs, long budget, AnswerOptions options, Deadline deadline)
    {
        var form = KinkForm.Of(program);
        var size = Measure(form, options.WithRespectTo);
        if (size.Bytes > budget)
        {
            throw new NonsmoothException(string.Create(
                CultureInfo.InvariantCulture, $"the abs-normal form takes {size.Bytes:N0} bytes ({size.Switches} switches, {size.Inputs} inputs), above the budget of {budget:N0}: use directional derivatives, which take a sweep each"));
        }

        var names = Differentiation.Activity.Wanted(form, options.WithRespectTo);
        var point = new Point(form, inputs, deadline);
        if (form.Nodes.FirstOrDefault(n => SwitchUnits.IsAtZeroNorm(n, point)) is { } norm)
        {
            throw new NonsmoothException($"{norm.Name} is a 2-norm at the zero vector, which is not piecewise linear: no abs-normal form");
        }

        var system = SwitchSystem.Of(form, inputs, point, names, SwitchSystem.UnitsOf(form, point, names, tiedOnly: false), deadline);
        double[] z = [.. system.Units.Select(u => u.Value)];
        double[] y = [.. form.Outputs.Where(o => form.Types[o.Value].Kind == ElementKind.Real).SelectMany(o => point[o.Value])];
        var (l, outputs) = (Doubles(system.L), Doubles(system.Y));
        return new AbsNormalForm(
            [.. z.Select((v, i) => v - Weighted(l[i], z))],
            Doubles(system.Z),
            l,
            [.. y.Select((v, i) => v - Weighted(outputs[i], z))],
            Doubles(system.J),
            outputs);
    }

    private static double[][] Doubles(Arithmetic.Dyadic[][] rows) => [.. rows.Select(ExactVector.ToDoubles)];

    private static double Weighted(double[] row, double[] z) => row.Zip(z, (r, v) => r * Math.Abs(v)).Sum();

    private static AbsNormalSize Measure(Program form, IReadOnlyList<string> withRespectTo)
    {
        var names = Differentiation.Activity.Wanted(form, withRespectTo);
        var active = Differentiation.Activity.Of(form, names);
        long switches = form.Nodes.Where(n => n.Arguments.Any(a => active[a])).Sum(n => SwitchUnits.Count(n, form));
        long outputs = form.Outputs.Where(o => form.Types[o.Value].Kind == ElementKind.Real).Sum(o => form.Types[o.Value].Shape.Count64);
        return new AbsNormalSize(switches, names.Sum(n => form.InputType(n).Shape.Count64), outputs);
    }
}

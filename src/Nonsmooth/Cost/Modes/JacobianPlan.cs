using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cost;

/// <summary>A way to compute the whole Jacobian of a program's real outputs in some of its inputs.</summary>
/// <remarks>
/// Rows are the elements of the real outputs, in order; columns those of the inputs of interest. At kinks every plan
/// takes the same selection, so the three give one matrix up to rounding. Source: complexity specification, 7.3.
/// </remarks>
public sealed class JacobianPlan
{
    private JacobianPlan(DerivativeMode mode, Waist? waist, params JacobianStage[] stages)
    {
        (Mode, Waist, Stages) = (mode, waist, stages);
        if (stages.Length == 2)
        {
            Product = Multiply(stages[1].Rows, stages[1].Columns, stages[0].Columns);
        }
    }

    /// <summary>Forward, reverse or mixed.</summary>
    public DerivativeMode Mode { get; }

    /// <summary>Where a mixed plan cuts the program; else null.</summary>
    public Waist? Waist { get; }

    /// <summary>The program as a whole; of a mixed plan the part before the waist, then the part after it.</summary>
    public IReadOnlyList<JacobianStage> Stages { get; }

    /// <summary>The product of the two Jacobians of a mixed plan; else null.</summary>
    public Program? Product { get; }

    /// <summary>The plan that pushes one tangent an input element forward.</summary>
    public static JacobianPlan Forward(Program program, ModeOptions? options = null) =>
        new(DerivativeMode.Forward, null, new JacobianStage(program, DerivativeMode.Forward, options ?? new()));

    /// <summary>The plan that pulls one cotangent an output element back.</summary>
    public static JacobianPlan Reverse(Program program, ModeOptions? options = null) =>
        new(DerivativeMode.Reverse, null, new JacobianStage(program, DerivativeMode.Reverse, options ?? new()));

    /// <summary>The plan that multiplies the Jacobians of the parts after and before a waist.</summary>
    /// <param name="program">The program.</param>
    /// <param name="waist">One of its waists for the same inputs: <see cref="Waists.Of"/>.</param>
    /// <param name="inner">The mode of the part before it.</param>
    /// <param name="outer">The mode of the part after it.</param>
    /// <param name="options">For what.</param>
    public static JacobianPlan Mixed(
        Program program, Waist waist, DerivativeMode inner, DerivativeMode outer, ModeOptions? options = null)
    {
        options ??= new();
        var (before, after) = Waists.Cut(program, waist);
        return Joined(
            waist,
            new JacobianStage(before, inner, options with { WithRespectTo = Activity.Wanted(program, options.WithRespectTo) }),
            new JacobianStage(after, outer, options with { WithRespectTo = [waist.Name] }));
    }

    /// <summary>Exactly the operations that an evaluation makes.</summary>
    public OperationCount Count() =>
        Stages.Aggregate(Product?.Count() ?? OperationCount.Zero, static (sum, stage) => sum + stage.Count());

    /// <summary>The outputs and the Jacobian, on the interpreter in any scalar.</summary>
    public (IReadOnlyList<Tensor> Values, Tensor<T> Jacobian) Evaluate<T>(IReadOnlyList<Tensor> inputs)
        where T : struct, INumeric<T> => Evaluate<T>(inputs, static (program, given) => Interpreter.Evaluate<T>(program, given));

    /// <summary>The same, every program of the plan run by another executor.</summary>
    public (IReadOnlyList<Tensor> Values, Tensor<T> Jacobian) Evaluate<T>(
        IReadOnlyList<Tensor> inputs, Func<Program, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> run)
        where T : struct, INumeric<T>
    {
        var (values, jacobian) = Stages[0].Evaluate<T>(inputs, run);
        if (Product is null)
        {
            return (values, jacobian);
        }

        var (outputs, outer) = Stages[1].Evaluate<T>([.. inputs, values[0]], run);
        return (outputs, (Tensor<T>)run(Product, [outer, jacobian])[0]);
    }

    /// <summary>The Jacobian, rows by columns, in a floating-point format.</summary>
    /// <param name="inputs">As <see cref="Interpreter.Run{TFormat}"/> takes them.</param>
    public Tensor<double> Run<TFormat>(params IReadOnlyList<Array> inputs)
        where TFormat : struct, IFormat
    {
        var program = Stages[0].Once;
        var given = program.Inputs.Select((input, i) =>
            Inputs.Read<Rounded<TFormat>>(input.Name, program.Types[input.Value], inputs[i])).ToArray();
        var jacobian = Evaluate<Rounded<TFormat>>(given).Jacobian;
        return new Tensor<double>(jacobian.Shape, Array.ConvertAll(jacobian.Elements, Rounded<TFormat>.ToDouble));
    }

    internal static JacobianPlan Joined(Waist waist, JacobianStage inner, JacobianStage outer) =>
        new(DerivativeMode.Mixed, waist, inner, outer);

    internal static Program Multiply(long rows, long waist, long columns) => Program.Trace(
        [("outer", Matrix(rows, waist)), ("inner", Matrix(waist, columns))], static v => [("jacobian", Functions.MatMul(v[0], v[1]))]);

    private static TensorType Matrix(long rows, long columns) => TensorType.Real(new Shape(checked((int)rows), checked((int)columns)));
}

using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cost;

/// <summary>A program's Jacobian in one mode, in two parts: what runs once, and what runs for each basis vector.</summary>
/// <remarks>
/// Both are parts of one derived program: the applications that the tangent or the cotangent reaches, and the others.
/// So a Jacobian of r directions costs exactly what the program of r directions at once costs.
/// </remarks>
public sealed class JacobianStage
{
    private readonly Shape[] _outputs;
    private readonly int[] _real;
    private readonly int[] _passed;

    internal JacobianStage(Program program, DerivativeMode mode, ModeOptions options)
    {
        var names = Activity.Wanted(program, options.WithRespectTo);
        _real = [.. Enumerable.Range(0, program.Outputs.Count).Where(i => program.Types[program.Outputs[i].Value].Kind == ElementKind.Real)];
        if (names.Count == 0 || _real.Length == 0)
        {
            throw new NonsmoothException("a Jacobian needs a real input and a real output: the program lacks one");
        }

        Mode = mode;
        Inputs = [.. names.Select(program.InputType).Select(t => t.Shape)];
        _outputs = [.. program.Outputs.Select(o => program.Types[o.Value].Shape)];
        Program derived = mode == DerivativeMode.Forward
            ? program.Forprop(new ForpropOptions { WithRespectTo = names, Selection = options.Selection })
            : Seeded(program).Backprop(new BackpropOptions { WithRespectTo = names, Selection = options.Selection });
        (Once, Each, _passed) = Split(derived, program.Inputs.Count, program.Outputs.Count);
    }

    /// <summary>Forward or reverse.</summary>
    public DerivativeMode Mode { get; }

    /// <summary>The values of the outputs, then what the sweeps need of them.</summary>
    public Program Once { get; }

    /// <summary>One sweep: it takes some inputs, what <see cref="Once"/> kept, and a tangent or cotangent.</summary>
    public Program Each { get; }

    /// <summary>Shapes of the inputs of interest: the columns.</summary>
    public IReadOnlyList<Shape> Inputs { get; }

    /// <summary>Shapes of the real outputs: the rows.</summary>
    public IReadOnlyList<Shape> Outputs => [.. _real.Select(i => _outputs[i])];

    /// <summary>Number of columns, r.</summary>
    public long Columns => Inputs.Sum(s => s.Count64);

    /// <summary>Number of rows, q.</summary>
    public long Rows => Outputs.Sum(s => s.Count64);

    /// <summary>How often <see cref="Each"/> runs.</summary>
    public long Sweeps => Mode == DerivativeMode.Forward ? Columns : Rows;

    /// <summary>Exactly the operations that an evaluation makes.</summary>
    public OperationCount Count() => Once.Count() + (Sweeps * Each.Count());

    /// <summary>The outputs and the Jacobian, rows by columns, computed by the interpreter.</summary>
    public (IReadOnlyList<Tensor> Values, Tensor<T> Jacobian) Evaluate<T>(IReadOnlyList<Tensor> inputs)
        where T : struct, INumeric<T> => Evaluate<T>(inputs, static (program, given) => Interpreter.Evaluate<T>(program, given));

    /// <summary>The same, its two programs run by another executor.</summary>
    public (IReadOnlyList<Tensor> Values, Tensor<T> Jacobian) Evaluate<T>(
        IReadOnlyList<Tensor> inputs, Func<Program, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> run)
        where T : struct, INumeric<T>
    {
        var once = run(Once, inputs);
        Tensor[] known = [.. _passed.Select(i => inputs[i]), .. once.Skip(_outputs.Length)];
        var jacobian = new Tensor<T>(new Shape(checked((int)Rows), checked((int)Columns)));
        var (swept, made) = Mode == DerivativeMode.Forward ? (Inputs, Outputs) : (Outputs, Inputs);
        var basis = swept.Select(shape => Tensor.Generate(shape, _ => T.Varying(0))).ToArray();
        int line = 0;
        foreach (var vector in basis)
        {
            for (int e = 0; e < vector.Elements.Length; e++)
            {
                vector.Elements[e] = T.Varying(1);
                Write(run(Each, [.. known, .. basis]), jacobian, line++);
                vector.Elements[e] = T.Varying(0);
            }
        }

        return ([.. once.Take(_outputs.Length).Select((value, i) => value is Tensor<T> real ? new Tensor<T>(_outputs[i], real.Elements) : value)], jacobian);
    }

    private void Write<T>(IReadOnlyList<Tensor> results, Tensor<T> jacobian, int line)
        where T : struct
    {
        int columns = jacobian.Shape[1];
        int at = 0;
        foreach (var result in results.Cast<Tensor<T>>())
        {
            foreach (var element in result.Elements)
            {
                jacobian.Elements[Mode == DerivativeMode.Forward ? (at * columns) + line : (line * columns) + at] = element;
                at++;
            }
        }
    }

    // Backprop seeds an only scalar output itself; a vector of one element it asks a seed for.
    private static Program Seeded(Program program)
    {
        var (builder, values) = Activity.Begin(program);
        foreach (var node in program.Nodes)
        {
            builder.Replay(node, values);
        }

        return builder.Build(program.Outputs.Select(o => (o.Name, values[o.Value]!)).Select(o =>
            o.Item2.Type.Kind == ElementKind.Real && o.Item2.Shape.Rank == 0 ? (o.Name, o.Item2.Reshape(new Shape(1))) : o));
    }

    private static (Program Once, Program Each, int[] Passed) Split(Program derived, int inputs, int outputs)
    {
        var swept = new bool[derived.Types.Count];
        foreach (var seed in derived.Inputs.Skip(inputs))
        {
            swept[seed.Value] = true;
        }

        var (once, fixedValues) = (new ProgramBuilder(), new Variable?[derived.Types.Count]);
        foreach (var input in derived.Inputs.Take(inputs))
        {
            fixedValues[input.Value] = once.Input(input.Name, derived.Types[input.Value], input.Role);
        }

        foreach (var node in derived.Nodes)
        {
            if (node.Arguments.Any(a => swept[a]))
            {
                Array.ForEach([.. node.Results], r => swept[r] = true);
            }
            else
            {
                once.Replay(node, fixedValues);
            }
        }

        var needed = derived.Nodes.Where(n => swept[n.Results[0]]).SelectMany(n => n.Arguments)
            .Concat(derived.Outputs.Skip(outputs).Select(o => o.Value)).Where(v => !swept[v]).ToHashSet();
        int[] passed = [.. Enumerable.Range(0, inputs).Where(i => needed.Remove(derived.Inputs[i].Value))];
        int[] kept = [.. needed.Order()];
        var (each, values) = (new ProgramBuilder(), new Variable?[derived.Types.Count]);
        foreach (int value in (IEnumerable<int>)[.. passed.Select(i => derived.Inputs[i].Value), .. kept, .. derived.Inputs.Skip(inputs).Select(i => i.Value)])
        {
            values[value] = each.Input(derived.NameOf(value), derived.Types[value]);
        }

        foreach (var node in derived.Nodes.Where(n => swept[n.Results[0]]))
        {
            each.Replay(node, values);
        }

        return (
            once.Build([.. derived.Outputs.Take(outputs).Select(o => (o.Name, fixedValues[o.Value]!)), .. kept.Select(v => ($"kept.{derived.NameOf(v)}", fixedValues[v]!))]),
            each.Build(derived.Outputs.Skip(outputs).Select(o => (o.Name, values[o.Value]!))),
            passed);
    }
}

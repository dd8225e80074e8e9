using System.Runtime.CompilerServices;
using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A program with one output, one of whose inputs is the unknown, with its derivatives.</summary>
internal sealed class UnknownProgram
{
    private static readonly ConditionalWeakTable<Program, Dictionary<string, UnknownProgram>> _known = [];

    private readonly Lazy<Program> _forward;
    private readonly Lazy<Program> _backward;
    private readonly Lazy<Program> _measured;
    private readonly Lazy<Program> _adjoint;

    private UnknownProgram(Program program, string unknown)
    {
        Program = program;
        Unknown = program.Inputs.ToList().FindIndex(i => i.Name == unknown);
        var type = program.InputType(unknown);
        if (program.Inputs.FirstOrDefault(i => program.Types[i.Value].Kind != ElementKind.Real) is { } other)
        {
            throw new ShapeException($"input '{other.Name}' is {program.Types[other.Value]}: all inputs of such a program are real");
        }

        if (program.Outputs.Count != 1 || program.Types[program.Outputs[0].Value] != type)
        {
            throw new ShapeException(
                $"the program gives {string.Join(", ", program.Outputs.Select(o => program.Types[o.Value]))}: it must give one result like its unknown '{unknown}', {type}");
        }

        Shape = type.Shape;
        Parameters = [.. program.Inputs.Where(i => i.Name != unknown).Select(i => new Parameter(i.Name, program.Types[i.Value].Shape.Rank))];
        _forward = new(() => program.Forprop(new ForpropOptions { KeepValues = false }));
        _backward = new(() => SeededBackprop(program));
        _measured = new(Measure);
        _adjoint = new(Adjoin);
    }

    public Program Program { get; }

    /// <summary>The position of the unknown among the inputs.</summary>
    public int Unknown { get; }

    public Shape Shape { get; }

    public int Size => Shape.Elements;

    /// <summary>How many numbers the parameters are.</summary>
    public long ParameterCount => Program.Inputs.Sum(i => Program.Types[i.Value].Shape.Count64) - Size;

    public IReadOnlyList<Parameter> Parameters { get; }

    public Program Forward => _forward.Value;

    public Program Backward => _backward.Value;

    /// <summary>From the inputs to the result, the largest entry of its distance from the unknown, and its own.</summary>
    public Program Measured => _measured.Value;

    /// <summary>From the inputs, u and v to v + J_xᵀ·u, the largest entry of its distance from u, and its own.</summary>
    public Program Adjoint => _adjoint.Value;

    public static UnknownProgram Of(Program program, string unknown)
    {
        var of = _known.GetOrCreateValue(program);
        lock (of)
        {
            return of.TryGetValue(unknown, out var known) ? known : of[unknown] = new UnknownProgram(program, unknown);
        }
    }

    /// <exception cref="ShapeException">A parameter has another shape than the program's input.</exception>
    public SolutionShapes Check(IReadOnlyList<Shape> parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            var expected = Program.InputType(Parameters[i].Name).Shape;
            if (!parameters[i].Equals(expected))
            {
                throw new ShapeException($"{Parameters[i].Name} is {parameters[i]}: the program takes {expected}");
            }
        }

        return new([Shape], new Shape(0));
    }

    /// <summary>Parameters and unknown in the order of the inputs.</summary>
    public T[] Inputs<T>(IReadOnlyList<T> parameters, T x) =>
        [.. parameters.Take(Unknown), x, .. parameters.Skip(Unknown)];

    /// <summary>Where a search for the unknown begins: what is given, or 0; a copy.</summary>
    /// <exception cref="ShapeException">Another number of numbers is given.</exception>
    public double[] Begin(IReadOnlyList<double>? start) => start is null ? new double[Size]
        : start.Count == Size ? [.. start]
        : throw new ShapeException($"Start has {start.Count} numbers for an unknown of {Size}");

    public double[] Value(IReadOnlyList<double[]> parameters, double[] x) => Run(Program, Inputs(parameters, x))[0];

    /// <summary>J_θ·t + J_x·w.</summary>
    public double[] Tangent(IReadOnlyList<double[]> parameters, double[] x, IReadOnlyList<double[]> t, double[] w) =>
        Run(Forward, [.. Inputs(parameters, x), .. Inputs(t, w)])[0];

    /// <summary>J_θᵀ·u and J_xᵀ·u.</summary>
    public (double[][] Parameters, double[] X) Cotangent(IReadOnlyList<double[]> parameters, double[] x, double[] u)
    {
        double[][] all = Run(Backward, [.. Inputs(parameters, x), u]);
        return ([.. all.Where((_, i) => i != Unknown)], all[Unknown]);
    }

    // A scalar output is seeded with 1 by default: here every seed is given.
    private static Program SeededBackprop(Program program)
    {
        bool scalar = program.Types[program.Outputs[0].Value].Shape.Rank == 0;
        if (!scalar)
        {
            return program.Backprop(new BackpropOptions { KeepValues = false });
        }

        var builder = new ProgramBuilder();
        var inputs = program.Inputs.Select(i => builder.Input(i.Name, program.Types[i.Value], i.Role)).ToArray();
        var seed = builder.Input("seed", Shape.Scalar, InputRole.Seed);
        var gradients = builder.Inline(program.Backprop(new BackpropOptions { KeepValues = false }), inputs);
        return builder.Build(gradients.Select((g, i) => ($"g{i}", g * Broadcasting.To(seed, g.Shape))));
    }

    private Program Measure()
    {
        var builder = new ProgramBuilder();
        var inputs = Declared(builder);
        return Compared(builder, inputs[Unknown], builder.Inline(Program, inputs)[0]);
    }

    private Program Adjoin()
    {
        var backward = Program.Backprop(new BackpropOptions { WithRespectTo = [Program.Inputs[Unknown].Name], KeepValues = false });
        var builder = new ProgramBuilder();
        var inputs = Declared(builder);
        var (u, v) = (builder.Input("u", TensorType.Real(Shape)), builder.Input("v", TensorType.Real(Shape)));
        var moved = Shape.Rank == 0 ? u * builder.Inline(backward, inputs)[0] : builder.Inline(backward, [.. inputs, u])[0];
        return Compared(builder, u, v + moved);
    }

    private Variable[] Declared(ProgramBuilder builder) => [.. Program.Inputs.Select(i => builder.Input($"of.{i.Name}", Program.Types[i.Value], i.Role))];

    private static Program Compared(ProgramBuilder builder, Variable old, Variable next) => builder.Build(
        [("next", next), ("step", Functions.Abs(next - old).Max()), ("size", Functions.Abs(next).Max())]);

    private static double[][] Run(Program program, double[][] inputs) =>
        [.. CompiledPrograms.Run(program, inputs).Select(t => ((Tensor<double>)t).Elements)];
}

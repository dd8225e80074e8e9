using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>A program as a function of all its inputs asked for, in a row.</summary>
internal sealed class ProgramSubject
{
    private const int _samples = 8;

    private readonly Program _value;
    private readonly Program _gradient;
    private readonly FlatInputs _flat;
    private readonly Deadline _deadline;
    private readonly IReadOnlyList<string> _names;

    public ProgramSubject(Program program, IReadOnlyList<Array> inputs, GradientCheckOptions options, Deadline deadline)
    {
        _deadline = deadline;
        _names = Activity.Wanted(program, options.WithRespectTo);
        var builder = new ProgramBuilder();
        var variables = program.Inputs.Select(i => builder.Input(i.Name, program.Types[i.Value], i.Role)).ToArray();
        var random = new CounterRandom(options.Seed).Derive("weights").Sequence();
        Variable? sum = null;
        foreach (var output in builder.Inline(program, variables).Where(o => o.Type.Kind == ElementKind.Real))
        {
            var flat = output.Reshape(new Shape(output.Shape.Elements));
            for (int i = 0; i < flat.Shape[0]; i++)
            {
                var term = Functions.Scale(Slices.Range(flat, 0, i, 1).Reshape(Shape.Scalar), 0.5 + random.NextDouble());
                sum = sum is null ? term : Functions.Add(sum, term);
            }
        }

        _value = builder.Build([("value", sum ?? throw new NonsmoothException("the program has no real output: there is no gradient to check"))]);
        _gradient = _value.Backprop(new BackpropOptions
        {
            WithRespectTo = _names,
            Selection = options.Selection,
            KeepValues = false,
        });
        _flat = new FlatInputs(program, inputs, _names);
    }

    public double[] Start => _flat.Start;

    public double Value(double[] at) => Run(_value, at)[0][0];

    /// <summary>How far rounding may put the value near the start.</summary>
    /// <remarks>Errors are those of each point's own numbers, and a sum can be exact by luck: the largest of some points close by is doubled.</remarks>
    public double Rounding()
    {
        var random = new CounterRandom(0).Derive("rounding").Sequence();
        double largest = 0;
        for (int trial = 0; trial < _samples; trial++)
        {
            double[] near = [.. Start];
            for (int i = 0; trial > 0 && i < near.Length; i++)
            {
                near[i] *= 1 + (1e-6 * random.NextNormal());
            }

            double error = new Point(_value, _flat.At(near)).Bounds(_value.Outputs[0].Value)[0].Error;
            largest = double.IsFinite(error) ? Math.Max(largest, error) : largest;
        }

        return 2 * largest;
    }

    /// <summary>Whether a kink ties at the start, in the program's own numbers.</summary>
    public bool Ties()
    {
        var form = KinkForm.Of(_value);
        var at = new Point(form, _flat.At(Start), _deadline);
        return SwitchSystem.UnitsOf(form, at, _names, tiedOnly: true).Count > 0 || form.Nodes.Any(n => SwitchUnits.IsAtZeroNorm(n, at));
    }

    public double[] Gradient(double[] at) => [.. Run(_gradient, at).SelectMany(g => g)];

    /// <summary>The exact one-sided derivatives along directions; null where the point sits on a jump, or time is over.</summary>
    public double[]? Derivatives(IEnumerable<IReadOnlyList<double>> along)
    {
        List<IReadOnlyList<double[]>> directions = [.. along.Select(v => (IReadOnlyList<double[]>)_flat.Split([.. v]))];
        var options = new DirectionsOptions { WithRespectTo = _names, MaxRatio = double.PositiveInfinity };
        var answer = Directions.Follow(_value, _flat.At(Start), directions, options, each: true, _deadline);
        return answer.Doubt is null ? answer.Scalars : null;
    }

    private double[][] Run(Program program, double[] at) =>
        [.. CompiledPrograms.Run(program, _flat.At(at)).Select(o => ((Tensor<double>)o).Elements)];
}

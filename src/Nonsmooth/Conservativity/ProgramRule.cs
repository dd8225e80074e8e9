using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Conservativity;

/// <summary>A program's real outputs, added with random weights, as a function of its real inputs in a row; backprop and forprop its rules.</summary>
/// <remarks>A rule is conservative for outputs together exactly when it is, with probability 1, for a random sum of them.</remarks>
internal sealed class ProgramRule : IDerivativeRule
{
    private static readonly double[] _usual = [0, 0, 1, -1, 0.5, -0.5, 2, 3];

    private readonly Program _program;
    private readonly Program _backward;
    private readonly Program _forward;
    private readonly Array[] _inputs;
    private readonly int[] _reals;
    private readonly double[][] _weights;
    private readonly bool _isSeeded;

    public ProgramRule(Program program, Selection selection, IReadOnlyList<ExampleArgument> examples, ulong seed)
    {
        var random = new CounterRandom(seed).Derive("program rule").Sequence();
        _program = program;
        _inputs = [.. examples.Select(e => Draw(e, ref random))];
        _reals = [.. Enumerable.Range(0, examples.Count).Where(i => examples[i].Type.Kind == ElementKind.Real)];
        _backward = program.Backprop(new BackpropOptions { Selection = selection, KeepValues = false });
        _forward = program.Forprop(new ForpropOptions { Selection = selection, KeepValues = false });
        _isSeeded = _backward.Inputs.Count > program.Inputs.Count;
        Ranges = [.. _reals.SelectMany(i => Enumerable.Repeat((examples[i].Low, examples[i].High), examples[i].Type.Shape.Elements))];
        Kinks = [.. _usual, .. program.Flatten().Nodes.SelectMany(n => n.Function.KinkPoints(selection)).Select(k => k.At).Distinct()];
        var weights = new List<double[]>();
        foreach (var output in program.Outputs.Where(o => program.Types[o.Value].Kind == ElementKind.Real))
        {
            var row = new double[program.Types[output.Value].Shape.Elements];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = _isSeeded ? 0.5 + random.NextDouble() : 1;
            }

            weights.Add(row);
        }

        _weights = [.. weights];
    }

    public IReadOnlyList<(double Low, double High)> Ranges { get; }

    public IReadOnlyList<double> Kinks { get; }

    public double Value(double[] x) => Weighted(CompiledPrograms.Run(_program, At(x)).OfType<Tensor<double>>());

    public double[] Gradient(double[] x) =>
        [.. CompiledPrograms.Run(_backward, _isSeeded ? [.. At(x), .. _weights] : At(x)).SelectMany(t => ((Tensor<double>)t).Elements)];

    public double? Tangent(double[] x, double[] direction) =>
        Weighted(CompiledPrograms.Run(_forward, [.. At(x), .. Parts(direction)]).OfType<Tensor<double>>());

    private static Array Draw(ExampleArgument example, ref RandomSequence random)
    {
        int count = example.Type.Shape.Elements;
        switch (example.Type.Kind)
        {
            case ElementKind.Real:
                return new double[count];
            case ElementKind.Index:
                var indices = new long[count];
                for (int i = 0; i < count; i++)
                {
                    indices[i] = random.NextInt32((int)example.High);
                }

                return indices;
            default:
                var mask = new bool[count];
                for (int i = 0; i < count; i++)
                {
                    mask[i] = random.NextInt32(2) == 1;
                }

                return mask;
        }
    }

    private double Weighted(IEnumerable<Tensor<double>> outputs) =>
        outputs.Zip(_weights, (t, w) => PathIntegral.Slope(t.Elements, w)).Sum();

    private Array[] At(double[] x)
    {
        Array[] inputs = [.. _inputs];
        double[][] parts = Parts(x);
        for (int r = 0; r < parts.Length; r++)
        {
            inputs[_reals[r]] = parts[r];
        }

        return inputs;
    }

    private double[][] Parts(double[] x)
    {
        int position = 0;
        return [.. _reals.Select(i =>
        {
            position += _inputs[i].Length;
            return x[(position - _inputs[i].Length)..position];
        })];
    }
}

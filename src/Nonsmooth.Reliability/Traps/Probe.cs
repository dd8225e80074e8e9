using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Traps;

/// <summary>Walks into a suspected trap: runs a value and its gradient at points where things tend to go wrong.</summary>
/// <remarks>
/// What runs is the part of the program behind the value, back to inputs, products of matrices and convolutions; these
/// are set. Points are constants (0, ±1, ±1000, …), a row with one large entry and a few like these, alone or two at a time.
/// </remarks>
internal sealed class Probe
{
    private static readonly (string Name, double Bound, Func<int, double> Element)[] _points =
    [
        .. new[] { 0, 1, 0.5, -1, 2, 1e-12, 1000, -1000, 1000.1 }.Select(c => (c.ToString(CultureInfo.InvariantCulture), Math.Abs(c), (Func<int, double>)(_ => c))),
        ("(1000, -1000, …)", 1000, i => i == 0 ? 1000 : -1000),
        ("(0, 1, …)", 1, i => i == 0 ? 0 : 1),
    ];

    private readonly Program _value;
    private readonly Program _gradient;
    private readonly TrapOptions _options;

    private Probe(Program value, Program sum, TrapOptions options)
    {
        _value = value;
        _gradient = sum.Backprop(new BackpropOptions { KeepValues = false, Selection = options.Selection });
        _options = options;
    }

    /// <summary>A probe of one value; null where its inputs have too many numbers, or none are real.</summary>
    public static Probe? Of(ProgramFacts facts, int output)
    {
        var nodes = new HashSet<Node>();
        var leaves = new SortedSet<int>();
        var stack = new Stack<int>([output]);
        while (stack.TryPop(out int value))
        {
            var node = facts.Shapes.Maker(value);
            if (node is null || (value != output && node.Function is MatMul or Linear or Conv2d or ConvTranspose2d or Embedding))
            {
                leaves.Add(value);
            }
            else if (nodes.Add(node))
            {
                foreach (int argument in node.Arguments)
                {
                    stack.Push(argument);
                }
            }
        }

        var types = facts.Program.Types;
        return leaves.Sum(l => types[l].Shape.Count64) <= facts.Options.ProbeElements && leaves.Any(l => types[l].Kind == ElementKind.Real)
            ? new Probe(Cut(false), Cut(true), facts.Options)
            : null;

        Program Cut(bool sum) => Part(facts.Program, leaves, nodes, v => sum ? v[output]!.Sum() : v[output]!);
    }

    /// <summary>The first point with a NaN, else an infinity, else, where asked for, a slope too large; null for none.</summary>
    /// <param name="large">Whether a large slope counts; then the points are ordinary ones only.</param>
    /// <param name="extra">One more point.</param>
    public TrapEvidence? Run(bool large, double? extra)
    {
        TrapEvidence? worst = null;
        double badness = 0;
        foreach (var (point, arrays) in Points(large ? 1 : double.PositiveInfinity, extra))
        {
            double value = Worst(_options.Format.Run(_value, arrays));
            double slope = Worst(_options.Format.Run(_gradient, arrays));
            double here = Math.Max(Rank(value, false), Rank(slope, large));
            if (here > badness)
            {
                (worst, badness) = (new TrapEvidence(point, value, slope), here);
            }

            if (double.IsPositiveInfinity(badness))
            {
                break;
            }
        }

        return worst;
    }

    private static Program Part(Program program, SortedSet<int> leaves, HashSet<Node> nodes, Func<Variable?[], Variable> output) => Program.Trace(
        [.. leaves.Select(l => (program.NameOf(l), program.Types[l]))],
        v =>
        {
            var values = new Variable?[program.Types.Count];
            foreach (var (leaf, variable) in leaves.Zip(v))
            {
                values[leaf] = variable;
            }

            foreach (var node in program.Nodes.Where(nodes.Contains))
            {
                v[0].Builder.Replay(node, values);
            }

            return [("value", output(values))];
        });

    private double Rank(double number, bool large) => double.IsNaN(number) ? double.PositiveInfinity
        : double.IsInfinity(number) ? double.MaxValue
        : large && Math.Abs(number) >= _options.LargestSlope ? Math.Abs(number) : 0;

    private static double Worst(IEnumerable<Tensor> tensors) => tensors.OfType<Tensor<double>>().SelectMany(t => t.Elements)
        .Aggregate(0.0, (worst, x) => double.IsNaN(worst) || Math.Abs(worst) >= Math.Abs(x) ? worst : x);

    // One input at each point, the rest at each: one input alone, or two at a time.
    private IEnumerable<(string Point, Array[] Arrays)> Points(double bound, double? extra)
    {
        var points = _points.Where(p => p.Bound <= bound).ToList();
        if (extra is { } low)
        {
            points.Insert(0, (low.ToString(CultureInfo.InvariantCulture), low, _ => low));
        }

        var inputs = _value.Inputs;
        var reals = Enumerable.Range(0, inputs.Count).Where(i => _value.Types[inputs[i].Value].Kind == ElementKind.Real).ToArray();
        foreach (int first in reals)
        {
            foreach (var one in points.Where(p => Allowed(first, p.Element)))
            {
                foreach (var two in reals.Length == 1 ? [one] : points.Where(p => reals.All(r => r == first || Allowed(r, p.Element))))
                {
                    string others = reals.Length == 1 ? "" : $", the rest {two.Name}";
                    yield return ($"{inputs[first].Name} = {one.Name}{others}", Fill(i => i == first ? one.Element : two.Element));
                }
            }
        }
    }

    private bool Allowed(int input, Func<int, double> element) =>
        !_options.Inputs.TryGetValue(_value.Inputs[input].Name, out var range) || (range.Contains(element(0)) && range.Contains(element(1)));

    private Array[] Fill(Func<int, Func<int, double>> element) => [.. _value.Inputs.Select((input, i) =>
    {
        var type = _value.Types[input.Value];
        return (Array)(type.Kind switch
        {
            ElementKind.Real => Enumerable.Range(0, type.Shape.Elements).Select(element(i)).ToArray(),
            ElementKind.Index => new long[type.Shape.Elements],
            _ => new bool[type.Shape.Elements],
        });
    })];
}

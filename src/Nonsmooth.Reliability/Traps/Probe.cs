using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Traps;

/// <summary>Walks into a suspected trap: runs a value and its gradient at points where things tend to go wrong.</summary>
/// <remarks>
/// What runs is the part of the program behind the value, back to inputs, products of matrices and convolutions; these
/// are set (<see cref="ProbePoints"/>).
/// </remarks>
internal sealed class Probe
{
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
        foreach (var (point, arrays) in new ProbePoints(_value, _options).All(large ? 1 : double.PositiveInfinity, extra))
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
}

using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>Emits programs that follow a function along directions, through its kinks.</summary>
internal sealed class DirectionalProgram
{
    private readonly KinkSweep _sweep;
    private readonly IReadOnlyList<(string Name, Variable Value)> _outputs;
    private IReadOnlyList<(string Name, Variable Value)> _others = [];

    private DirectionalProgram(KinkSweep sweep, IReadOnlyList<(string Name, Variable Value)> outputs, IReadOnlyList<(Node Node, string Name)> decisions)
    {
        (_sweep, _outputs, Decisions) = (sweep, outputs, decisions);
        Program = sweep.Builder.Build(outputs).Prune();
    }

    /// <summary>The emitted program.</summary>
    public Program Program { get; }

    /// <summary>What it is emitted from.</summary>
    public Program Form => _sweep.Form;

    /// <summary>The kinks that may tie beyond the first order, with the outputs that say whether they do: 0 where so.</summary>
    public IReadOnlyList<(Node Node, string Name)> Decisions { get; }

    /// <summary>All kinks that a number decided, with the outputs of <see cref="Exactly"/> that hold it.</summary>
    public IReadOnlyList<(Node Node, string Name)> AllDecisions { get; private init; } = [];

    /// <summary>
    /// After the program's inputs <c>tangent.NAME.d</c>; outputs those of the program, then <c>jvp.OUTPUT.d</c> or, with
    /// a gradient, <c>jvp.OUTPUT.0</c>, <c>grad.NAME</c> and the decisions of curved kinks.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="withRespectTo">Names of inputs; none for every real one.</param>
    /// <param name="directions">How many directions.</param>
    /// <param name="gradient">Whether the pieces decided on are also swept backwards.</param>
    /// <param name="each">Whether each direction decides for itself; else the earlier decide for the later.</param>
    public static DirectionalProgram Emit(
        Program program, IReadOnlyList<string> withRespectTo, int directions, bool gradient = false, bool each = false)
    {
        var form = KinkForm.Of(program);
        var sweep = new KinkSweep(form, withRespectTo);
        var tangents = Enumerable.Range(0, directions).Select(_ => new Variable?[form.Types.Count]).ToArray();
        for (int d = 0; d < directions; d++)
        {
            foreach (string name in sweep.Names)
            {
                int input = form.Input(name).Value;
                tangents[d][input] = sweep.Builder.Input($"tangent.{name}.{d}", form.Types[input], InputRole.Tangent);
            }
        }

        var resolver = new LexicographicResolver();
        Dictionary<Node, IResolvedKink> resolved = [];
        if (each)
        {
            foreach (var direction in tangents)
            {
                sweep.Forward(new LexicographicResolver(), [direction]);
            }
        }
        else
        {
            resolved = sweep.Forward(resolver, tangents);
        }

        var outputs = form.Outputs.Select(o => (o.Name, sweep.Values[o.Value]!)).ToList();
        for (int d = 0; d < directions; d++)
        {
            outputs.AddRange(form.Outputs.Where(o => form.Types[o.Value].Kind == ElementKind.Real)
                .Select(o => ($"jvp.{o.Name}.{d}", sweep.OrZero(tangents[d], o.Value))));
        }

        List<(Node, string)> decisions = [];
        List<(Node, string)> all = [];
        List<(string, Variable)> others = [];
        if (gradient)
        {
            var output = KinkSweep.ScalarOutput(form);
            var cotangents = new Variable?[form.Types.Count];
            sweep.Accumulate(cotangents, output.Value, sweep.Builder.Apply(new Fill(form.Types[output.Value].Shape, 1)));
            sweep.Reverse(resolved, cotangents);
            outputs.AddRange(sweep.Names.Select(n => ($"grad.{n}", sweep.OrZero(cotangents, form.Input(n).Value))));
            var curved = Curvature.Of(form, sweep.Names);
            foreach (var (node, decision) in resolver.Decisions)
            {
                all.Add((node, $"decision.{node.Name}"));
                if (node.Arguments.Any(a => curved[a]))
                {
                    decisions.Add(all[^1]);
                    outputs.Add((all[^1].Item2, decision));
                }
                else
                {
                    others.Add((all[^1].Item2, decision));
                }
            }
        }

        return new DirectionalProgram(sweep, outputs, decisions) { AllDecisions = all, _others = others };
    }

    /// <summary>The program at a point, with exact sums and products of derivatives; free are the tangents.</summary>
    public ExactSweeps Exactly(IReadOnlyList<Array> inputs, Deadline? deadline = null) => _sweep.Exactly([.. _outputs, .. _others], inputs, deadline);
}

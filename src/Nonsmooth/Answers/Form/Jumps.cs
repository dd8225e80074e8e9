using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>Decisions (comparisons, roundings, indices, which piece of a solution) that a point sits on and that no sweep follows.</summary>
/// <remarks>There no derivative says what the program does nearby. Functions it cannot tell about count as undecided.</remarks>
internal static class Jumps
{
    /// <summary>The name of the first active node whose decision the point sits on; null without one.</summary>
    public static string? First(Point at, IEnumerable<string> withRespectTo)
    {
        var active = Differentiation.Activity.Of(at.Program, withRespectTo);
        foreach (var node in at.Program.Nodes)
        {
            if (node.Arguments.Any(a => active[a]) && IsOn(node, at))
            {
                return node.Name;
            }
        }

        return null;
    }

    /// <summary>Whether the point sits on the border of an active function whose pieces are its own.</summary>
    public static bool IsOnBorder(Program form, IReadOnlyList<Array> inputs, IEnumerable<string> withRespectTo)
    {
        if (!form.Nodes.Any(n => n.Function is IBordered))
        {
            return false;
        }

        var (active, at) = (Differentiation.Activity.Of(form, withRespectTo), new Point(form, inputs));
        return form.Nodes.Any(n => n.Function is IBordered && n.Arguments.Any(a => active[a]) && IsOn(n, at));
    }

    /// <summary>Whether a node decides anything, wherever the point is.</summary>
    public static bool Decides(Node node, Program program) => node.Function is Compare or Greater or Unary<Sign> or Unary<Floor> or Unary<Round>
        or Branch or Gate or IBordered or SafeDivide or { Regularity: Regularity.NotPathDifferentiable } || MakesIndices(node, program);

    private static bool IsOn(Node node, Point at) => node.Function switch
    {
        Compare or Greater => at[node.Arguments[0]].Zip(at[node.Arguments[1]], (a, b) => a == b).Any(tie => tie),
        Unary<Sign> => at[node.Arguments[0]].Contains(0),
        Unary<Floor> => Array.Exists(at[node.Arguments[0]], double.IsInteger),
        Unary<Round> => Array.Exists(at[node.Arguments[0]], x => double.IsInteger(x - 0.5)),
        Branch f => at[node.Arguments[0]].Contains(f.Threshold),
        Gate { Slopes: var p } => Array.Exists(at[node.Arguments[0]], x => p.At(x) != p.At(Math.BitIncrement(x)) || p.At(x) != p.At(Math.BitDecrement(x))),
        IBordered f => f.IsOnBorder([.. node.Arguments.Select(a => Tensor.Of(at.Program.Types[a].Shape, at[a]))]),
        SafeDivide => at[node.Arguments[1]].Contains(0),
        { Regularity: Regularity.NotPathDifferentiable } => true,
        _ => MakesIndices(node, at.Program) && HasTie(at[node.Arguments[0]]),
    };

    private static bool MakesIndices(Node node, Program program) => node.Results.Any(r =>
        program.Types[r].Kind == ElementKind.Index && program.Nodes.Any(n => n.Arguments.Contains(r)));

    private static bool HasTie(double[] x) => x.Distinct().Count() < x.Length;
}

using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>Decisions (comparisons, roundings, indices, which piece of a solution) that a point sits on and that no sweep follows.</summary>
/// <remarks>There no derivative says what the program does nearby. Functions it cannot tell about count as undecided.</remarks>
internal static class Jumps
{
    /// <summary>The first active node whose decision the point sits on, or of which nobody knows, as a reason; null without one.</summary>
    public static string? First(Point at, IEnumerable<string> withRespectTo)
    {
        var active = Differentiation.Activity.Of(at.Program, withRespectTo);
        foreach (var node in at.Program.Nodes)
        {
            if (node.Arguments.Any(a => active[a]) && IsOn(node, at))
            {
                return node.Function.Kinks is KinkStructure.Unknown
                    ? Untold(node)
                    : $"the point sits on the decision of {node.Name}";
            }
        }

        return null;
    }

    /// <summary>Why the pieces of an active function that has its own cannot be told apart at the point; null where none is on a border.</summary>
    public static string? OnBorder(Program form, IReadOnlyList<Array> inputs, IEnumerable<string> withRespectTo)
    {
        if (!form.Nodes.Any(n => IsOwn(n.Function.Kinks)))
        {
            return null;
        }

        var (active, at) = (Differentiation.Activity.Of(form, withRespectTo), new Point(form, inputs));
        return form.Nodes.FirstOrDefault(n => IsOwn(n.Function.Kinks) && n.Arguments.Any(a => active[a]) && IsOn(n, at)) is not { } node ? null
            : node.Function.Kinks is KinkStructure.Border ? $"the point is on the border of {node.Name}, a function that takes one element for all selections"
            : Untold(node);

        static bool IsOwn(KinkStructure kinks) => kinks is KinkStructure.Border or KinkStructure.Unknown;
    }

    /// <summary>Whether a node decides anything, wherever the point is; of a function of unknown kinks it cannot be excluded.</summary>
    public static bool Decides(Node node, Program program) =>
        node.Function.Kinks is KinkStructure.Jump or KinkStructure.Border or KinkStructure.Unknown || MakesIndices(node, program);

    private static string Untold(Node node) => $"{node.Name}: {node.Function.Name} does not say where it has kinks";

    private static bool IsOn(Node node, Point at) => node.Function.Kinks switch
    {
        KinkStructure.Jump jump => jump.IsOn(Reals(node, at)),
        KinkStructure.Border border => border.IsOn(Reals(node, at)),
        KinkStructure.Unknown => true,
        _ => MakesIndices(node, at.Program) && HasTie(at[node.Arguments[0]]),
    };

    private static IReadOnlyList<Tensor<double>> Reals(Node node, Point at) =>
    [
        .. node.Arguments.Where(a => at.Program.Types[a].Kind == ElementKind.Real).Select(a => Tensor.Of(at.Program.Types[a].Shape, at[a])),
    ];

    private static bool MakesIndices(Node node, Program program) => node.Results.Any(r =>
        program.Types[r].Kind == ElementKind.Index && program.Nodes.Any(n => n.Arguments.Contains(r)));

    private static bool HasTie(double[] x) => x.Distinct().Count() < x.Length;
}

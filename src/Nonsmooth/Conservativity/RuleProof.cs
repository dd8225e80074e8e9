using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Conservativity;

/// <summary>What a theorem says of a program's derivative, without running it.</summary>
/// <remarks>
/// The chain rule: products of elements of conservative Jacobians are elements of one, the composition's. So a program's
/// derivative is conservative where every elementary function's is, provided that no value that jumps decides what the
/// result is. J. Bolte and E. Pauwels, Mathematical Programming 188 (2021), section 5.
/// </remarks>
internal static class RuleProof
{
    /// <summary>The grounds on which the derivative is conservative, or those on which a part of it is not; null where no theorem applies.</summary>
    public static RuleGrounds? Of(Program program, Selection selection)
    {
        var theorems = new List<string>();
        foreach (var node in Reached(program))
        {
            if (node.Results.Any(r => program.Types[r].Kind != ElementKind.Real) && IsDecidedBy(program, node))
            {
                return null;
            }

            var holds = selection.For(node.Name);
            var grounds = node.Function is CompositeFunction composite
                ? Of(composite.Definition(program.ArgumentTypes(node)), holds)
                : node.Function.Grounds(holds);
            if (grounds is not { Holds: true, Theorem: var theorem })
            {
                return grounds is { } failed ? failed with { Theorem = $"{node.Name}: {failed.Theorem}" } : null;
            }

            theorems.Add(theorem);
        }

        return new(true, theorems.Count switch
        {
            0 => "a constant's derivative is 0",
            1 => theorems[0],
            _ => $"the chain rule for {theorems.Count} conservative rules",
        });
    }

    /// <summary>Whether the program is one function that is discontinuous by its definition.</summary>
    public static bool IsJump(Program program) =>
        program.Nodes is [{ Function.Regularity: Regularity.NotPathDifferentiable }];

    // Whether an index or a mask that the node makes goes anywhere.
    private static bool IsDecidedBy(Program program, Node node) =>
        program.Nodes.Any(n => n.Arguments.Any(a => node.Results.Contains(a) && program.Types[a].Kind != ElementKind.Real));

    // The nodes between real inputs and real outputs, and those by whose indices and masks they are decided.
    private static List<Node> Reached(Program program)
    {
        var depends = new bool[program.Types.Count];
        foreach (var input in program.Inputs)
        {
            depends[input.Value] = program.Types[input.Value].Kind == ElementKind.Real;
        }

        foreach (var node in program.Nodes)
        {
            bool any = node.Arguments.Any(a => depends[a]);
            foreach (int result in node.Results)
            {
                depends[result] = any;
            }
        }

        var needed = new bool[program.Types.Count];
        foreach (var output in program.Outputs)
        {
            needed[output.Value] = program.Types[output.Value].Kind == ElementKind.Real;
        }

        var reached = new List<Node>();
        foreach (var node in program.Nodes.Reverse())
        {
            if (node.Results.Any(r => needed[r] && depends[r]))
            {
                reached.Add(node);
                foreach (int argument in node.Arguments)
                {
                    needed[argument] = true;
                }
            }
        }

        return reached;
    }
}

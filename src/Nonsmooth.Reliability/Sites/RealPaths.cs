using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Sites;

/// <summary>Between which values of a program reals vary: where nothing real comes in, or no value goes out, a kink is none of the program's.</summary>
/// <remarks>
/// What is made of indices and truth values alone changes only where these do, which is said at the node that makes them of reals. A continuous
/// function of which nothing but comparisons are taken is no kink either: the comparison is said to jump. Random numbers vary.
/// </remarks>
internal sealed class RealPaths
{
    private readonly bool[] _varies;
    private readonly bool[] _counts;

    public RealPaths(Program program)
    {
        var varies = new bool[program.Types.Count];
        var counts = new bool[varies.Length];
        var used = new bool[varies.Length];
        var steps = program.Inputs.Where(i => i.Role == InputRole.Step).Select(i => i.Value).ToHashSet();
        foreach (var input in program.Inputs)
        {
            varies[input.Value] = program.Types[input.Value].Kind == ElementKind.Real;
        }

        foreach (var output in program.Outputs)
        {
            counts[output.Value] = used[output.Value] = true;
        }

        _varies = new bool[program.Nodes.Count];
        _counts = new bool[_varies.Length];
        for (int i = 0; i < _varies.Length; i++)
        {
            var node = program.Nodes[i];
            _varies[i] = node.Arguments.Any(a => varies[a] || steps.Contains(a));
            foreach (int result in node.Results)
            {
                varies[result] = _varies[i] && program.Types[result].Kind == ElementKind.Real;
            }
        }

        for (int i = _counts.Length - 1; i >= 0; i--)
        {
            // A place that is chosen, as a maximum's, jumps whatever is made of it.
            var node = program.Nodes[i];
            bool isReal = node.Results.Any(r => counts[r] && program.Types[r].Kind == ElementKind.Real);
            _counts[i] = isReal || node.Results.Any(r => used[r] && program.Types[r].Kind != ElementKind.Real);
            foreach (int argument in node.Arguments)
            {
                used[argument] = true;
                counts[argument] |= isReal && program.Types[argument].Kind == ElementKind.Real;
            }
        }
    }

    /// <summary>Whether a node that is not smooth makes the program so.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="regularity">What it is by itself: what jumps does so in comparisons too.</param>
    public bool Matters(int node, Regularity regularity) => _varies[node] && (regularity != Regularity.PathDifferentiable || _counts[node]);
}

using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Ties;

/// <summary>Finds the value of a gradient program that is the cotangent of a site's first result.</summary>
/// <remarks>
/// What the nodes of a site's derivative read and neither they nor the forward pass made is the cotangent: the argument that does not decide. Null where it is ambiguous, or no backprop passes.
/// </remarks>
internal static class SiteCotangent
{
    /// <summary>The value, and the name of the first node that reads it for the site.</summary>
    /// <param name="program">The gradient program.</param>
    /// <param name="site">The site's name.</param>
    /// <param name="type">The type of its first result.</param>
    /// <param name="own">Its arguments and results, which are no cotangent.</param>
    public static (int Value, string Node)? Of(Program program, string site, TensorType type, HashSet<int> own)
    {
        var maker = Makers(program);
        (int Value, string Node)? found = null;
        (int Value, string Node)? constant = null;
        foreach (var node in program.Nodes)
        {
            if (!node.IsDerivativeOf(site))
            {
                continue;
            }

            for (int a = 0; a < node.Arguments.Length; a++)
            {
                int value = node.Arguments[a];
                if (!program.Types[value].Equals(type) || node.Function.DecidesBy(a, type)
                    || own.Contains(value) || value == found?.Value
                    || maker[value] is not { } from || from.Copy != 0 || from.IsDerivativeOf(site))
                {
                    continue;
                }

                // A fill is the site's own constant, unless nothing else comes: then it is the cotangent of a plain sum.
                if (from.Function is Fill)
                {
                    constant ??= (value, node.Name);
                }
                else if (found is not null)
                {
                    return null;
                }
                else
                {
                    found = (value, node.Name);
                }
            }

            // Later nodes may add what else reaches the site's arguments: the first to read one from outside decides.
            if (found is not null)
            {
                return found;
            }
        }

        return constant;
    }

    private static Node?[] Makers(Program program)
    {
        var makers = new Node?[program.Types.Count];
        foreach (var node in program.Nodes)
        {
            foreach (int result in node.Results)
            {
                makers[result] = node;
            }
        }

        return makers;
    }
}

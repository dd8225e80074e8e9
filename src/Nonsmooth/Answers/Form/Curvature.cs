using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Which values of a program are not piecewise linear in some inputs.</summary>
internal static class Curvature
{
    public static bool[] Of(Program form, IEnumerable<string> withRespectTo)
    {
        var active = Differentiation.Activity.Of(form, withRespectTo);
        var curved = new bool[form.Types.Count];
        foreach (var node in form.Nodes)
        {
            bool bends = node.Arguments.Any(a => curved[a]) || (node.Arguments.Any(a => active[a]) && !IsLinear(node, active));
            foreach (int result in node.Results)
            {
                curved[result] = bends;
            }
        }

        return curved;
    }

    private static bool IsLinear(Node node, bool[] active) =>
        node.Function.Known.IsPiecewiseLinear?.Invoke([.. node.Arguments.Select(a => active[a])]) ?? false;
}

using Nonsmooth.Dictionary;
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

    private static bool IsLinear(Node node, bool[] active) => node.Function switch
    {
        LinearFunction or Fill or Pad or Concatenate or Mean => true,
        Binary<Add> or Binary<Subtract> or Binary<Maximum> or Binary<Minimum> => true,
        IUnaryFunction { Rule: IPiecewiseLinear } f => KinkKinds.Of(node.Function) == KinkKind.Point || f.Rule is not Sign,
        IUnaryFunction { Rule: AddConstant or MultiplyConstant or Negate } => true,
        Binary<Multiply> or BilinearFunction => node.Arguments.Take(2).Count(a => active[a]) < 2,
        Binary<Divide> => !active[node.Arguments[1]],
        Select => true,
        _ => false,
    };
}

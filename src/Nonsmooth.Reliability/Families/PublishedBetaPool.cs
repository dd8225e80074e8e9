using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Families;

/// <summary>β-pooling as the code of the max-pooling study has it: β·minimal(x) + (1−β)·native(x), two poolings of the same planes.</summary>
/// <remarks>
/// Over the reals it is <see cref="TieRule.Beta"/>. In a format its value is not the maximum but a difference of numbers
/// β times as large, and its gradient is a sum of such: two effects in one. Each product and the sum are rounded to the
/// format. Source: reliability specification, 0 and 4.4.
/// </remarks>
public static class PublishedBetaPool
{
    private const string Suffix = ".minimal";

    /// <summary>The program with every max pooling replaced; the second pooling of <c>NAME</c> is <c>NAME.minimal</c>.</summary>
    /// <param name="program">A program; its poolings' indices may not be used.</param>
    /// <param name="beta">Any finite number.</param>
    /// <exception cref="NonsmoothException">β is not finite, or there is no max pooling.</exception>
    public static Program Rewrite(Program program, double beta)
    {
        if (!double.IsFinite(beta) || Pools(program).Count == 0)
        {
            throw new NonsmoothException($"beta {beta} for a program of {Pools(program).Count} max poolings: give a finite number and a program with at least one");
        }

        return program.Rewrite((node, arguments) =>
        {
            if (node.Function is not MaxPool2d pool)
            {
                return null;
            }

            var x = arguments[0];
            var native = x.Builder.ApplyAs(node.Name, pool, x);
            Variable minimal;
            using (x.Builder.Fresh())
            {
                minimal = x.Builder.ApplyAs(node.Name + Suffix, pool, x)[0];
            }

            return [Functions.Scale(minimal, beta) + Functions.Scale(native[0], 1 - beta), native[1]];
        });
    }

    /// <summary>The selection under which the second poolings share equally and the first ones give all to the first.</summary>
    /// <param name="rewritten">What <see cref="Rewrite"/> made, or a program with it inlined under the same names.</param>
    /// <param name="selection">What holds elsewhere; libtorch's if not given.</param>
    public static Selection Selection(Program rewritten, Selection? selection = null)
    {
        var basis = selection ?? Selections.Selection.Default;
        return Pools(rewritten).Where(n => n.EndsWith(Suffix, StringComparison.Ordinal)).Aggregate(
            basis with { MaxPoolTies = TieRule.First }, (s, name) => s.At(name, basis with { MaxPoolTies = TieRule.Average }));
    }

    private static List<string> Pools(Program program) => [.. program.Nodes.Where(n => n.Function is MaxPool2d).Select(n => n.Name)];
}

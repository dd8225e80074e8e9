using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Families;

/// <summary>The backward of ReLU as the code of the ReLU'(0) study has it, which is wrong: kept to reproduce its numbers.</summary>
/// <remarks>
/// At x = 0 the cotangent of x is set to α, where it is α·g: whatever the loss does, an element at the kink receives α.
/// The published effects of ReLU'(0) on training are effects of this program. Source: reliability specification, 0 and 4.1
/// (<c>neurips21-bug</c>).
/// </remarks>
public static class PublishedBug
{
    /// <summary>A gradient program with the wrong rule at every ReLU.</summary>
    /// <param name="gradient">A correct backprop: its ReLUs may have any slope at 0.</param>
    /// <param name="alpha">What an element at 0 receives; with 0 the rule is right.</param>
    /// <exception cref="NonsmoothException">The program has no backward of a ReLU.</exception>
    public static Program Rewrite(Program gradient, double alpha)
    {
        bool found = false;
        var rewritten = gradient.Rewrite((node, arguments) =>
        {
            if (node.Function is not Gate { Slopes: { First: 0, HasSecond: false, Below: 0, Between: 1 } } gate)
            {
                return null;
            }

            found = true;
            if (gate.Slopes.AtFirst == 0 && alpha != 0)
            {
                throw new NonsmoothException("a backprop with ReLU'(0) = 0 reads values, where kinks cannot be told from negatives: give one with another slope");
            }

            var (x, g) = (arguments[0], arguments[1]);
            return [Functions.Where(Functions.Equal(x, 0), alpha, g.Builder.ApplyAs(node.Name, gate, x, g)[0])];
        });
        return found ? rewritten : throw new NonsmoothException("no ReLU is differentiated in the program: there is no rule to replace");
    }
}

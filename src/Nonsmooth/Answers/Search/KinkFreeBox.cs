using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>A box around a point in which no kink is, by interval arithmetic.</summary>
internal static class KinkFreeBox
{
    private const int _halvings = 4;
    private const int _trials = 48;

    /// <summary>Tries boxes from the least gap downwards.</summary>
    public static KinkClearance Around(Program form, IReadOnlyList<Array> inputs, IReadOnlyList<string> names, KinkGaps gaps)
    {
        var active = Differentiation.Activity.Of(form, names);
        Node[] kinked = [.. form.Nodes.Where(n => KinkKinds.Of(n.Function) != KinkKind.Smooth && n.Arguments.Any(a => active[a]))];
        if (form.Nodes.FirstOrDefault(n => n.Arguments.Any(a => active[a]) && Jumps.Decides(n, form)) is { } decision)
        {
            return new KinkClearance(gaps.Count, gaps.Nearest, null, $"{decision.Name} decides, and on which side is not followed over a box");
        }

        if (gaps.Count == 0)
        {
            return new KinkClearance(0, [], double.PositiveInfinity, null);
        }

        string why = "no box that was tried keeps clear of kinks";
        double radius = gaps.Nearest.Count > 0 ? gaps.Nearest[0].Gap : 1;
        for (int trial = 0; trial < _trials; trial++, radius = Math.ScaleB(radius, -_halvings))
        {
            try
            {
                if (Meets(form, inputs, names, kinked, radius) is not { } node)
                {
                    return new KinkClearance(gaps.Count, gaps.Nearest, radius, null);
                }

                why = $"in a box of {radius:G2} {node} may meet its kink";
            }
            catch (UndecidedException e)
            {
                why = e.Message;
            }
        }

        return new KinkClearance(gaps.Count, gaps.Nearest, null, why);
    }

    /// <summary>An input with its entries moved by up to a radius.</summary>
    public static Tensor Box(Program form, NamedValue input, Array given, double radius)
    {
        var tensor = Inputs.Read<Enclosure>(input.Name, form.Types[input.Value], given);
        if (tensor is Tensor<Enclosure> reals && radius > 0)
        {
            for (int i = 0; i < reals.Elements.Length; i++)
            {
                var x = reals[i];
                reals[i] = Enclosure.Between(Math.BitDecrement(x.Lower - radius), Math.BitIncrement(x.Upper + radius));
            }
        }

        return tensor;
    }

    // The first node that may meet a kink in the box; null without one.
    private static string? Meets(Program form, IReadOnlyList<Array> inputs, IReadOnlyList<string> names, Node[] kinked, double radius)
    {
        var values = new Tensor?[form.Types.Count];
        Tensor[] boxes = [.. form.Inputs.Select((input, i) => Box(form, input, inputs[i], names.Contains(input.Name) ? radius : 0))];
        for (int i = 0; i < boxes.Length; i++)
        {
            values[form.Inputs[i].Value] = boxes[i];
        }

        Interpreter.Evaluate<Enclosure>(form, boxes, (node, results) =>
        {
            for (int r = 0; r < results.Count; r++)
            {
                values[node.Results[r]] = results[r];
            }
        });
        return kinked.FirstOrDefault(n => MayMeet(n, values))?.Name;
    }

    private static bool MayMeet(Node node, Tensor?[] values)
    {
        Enclosure[] Of(int value) => ((Tensor<Enclosure>)values[value]!).Elements;
        switch (KinkKinds.Of(node.Function))
        {
            case KinkKind.Norm:
                return Array.Exists(Of(node.Results[0]), y => !(y.Lower > 0));
            case KinkKind.Point:
                var points = KinkKinds.Points(node.Function);
                return Array.Exists(Of(node.Arguments[0]), x => points.Any(k => x.Contains(k.At)));
            default:
                var (a, b) = (Of(node.Arguments[0]), Of(node.Arguments[1]));
                return a.Zip(b).Any(p => !double.IsInfinity(p.First.Lower) && !double.IsInfinity(p.Second.Lower)
                    && p.First.Lower <= p.Second.Upper && p.Second.Lower <= p.First.Upper);
        }
    }
}

using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>How values of a program bend at a point, to first order, by how they are put together.</summary>
/// <remarks>
/// Differentiable functions are regular; so are sums of regular ones with weights that are not negative, their maxima, and functions that
/// rise and bend upwards of them. Of a regular function the directional derivative is the support function of Clarke's
/// subdifferential, so 0 is in it exactly where no direction descends, whatever curves meet there. Source: F. H. Clarke,
/// <i>Optimization and Nonsmooth Analysis</i> (1983), 2.3.
/// </remarks>
internal static class ClarkeRegularity
{
    /// <summary>For each value of a program in <see cref="KinkForm"/>.</summary>
    public static Bend[] Of(Program form, Point at, IReadOnlyList<string> names, Deadline deadline)
    {
        var active = Differentiation.Activity.Of(form, names);
        var bends = new Bend[form.Types.Count];
        foreach (var node in form.Nodes.Where(n => n.Arguments.Any(a => active[a])))
        {
            deadline.Check();
            var bend = KinkKinds.Of(node.Function) switch
            {
                KinkKind.Maximum => Extremum(node, at, bends, 1),
                KinkKind.Minimum => Extremum(node, at, bends, -1),
                KinkKind.Point => Points(node, at, bends),
                _ => Smooth(node, at, bends, active),
            };
            foreach (int result in node.Results)
            {
                bends[result] = bend;
            }
        }

        return bends;
    }

    private static Bend Extremum(Node node, Point at, Bend[] bends, int sign)
    {
        double[] x = at[node.Arguments[0]], y = at[node.Arguments[1]];
        var (first, second) = (bends[node.Arguments[0]].Times(sign), bends[node.Arguments[1]].Times(sign));
        var all = Bend.Straight;
        for (int i = 0; i < x.Length; i++)
        {
            all |= x[i] == y[i] && double.IsFinite(x[i]) ? first | second | Bend.Up : sign * (x[i] - y[i]) > 0 ? first : second;
        }

        return all.Times(sign);
    }

    private static Bend Points(Node node, Point at, Bend[] bends)
    {
        var inner = bends[node.Arguments[0]];
        var kinks = KinkKinds.Points(node.Function);
        double[] x = at[node.Arguments[0]];
        var slopes = SwitchUnits.Slopes(node, at, []);
        var all = Bend.Straight;
        for (int i = 0; i < x.Length; i++)
        {
            var kink = kinks.Where(k => k.At == x[i]).Select(k => ((double Left, double Right)?)(k.Left, k.Right)).FirstOrDefault();
            all |= kink is not { } k ? Outer(inner, slopes[i].IsTold ? slopes[i].Sign : null)
                : Outer(inner, Sign(Math.Min(k.Left, k.Right), Math.Max(k.Left, k.Right))) | (k.Left < k.Right ? Bend.Up : Bend.Down);
        }

        return all;
    }

    // A sum of partial derivatives times arguments: their signs, over the rounding of the values.
    private static Bend Smooth(Node node, Point at, Bend[] bends, bool[] active)
    {
        if (node.Arguments.All(a => !active[a] || bends[a] == Bend.Straight))
        {
            return Bend.Straight;
        }

        if (node.Arguments.Any(a => at.Value(a) is Tensor<Bounded> reals && !Array.TrueForAll(reals.Elements, x => double.IsFinite(x.Value) && double.IsFinite(x.Error))))
        {
            return Bend.Both;
        }

        var program = at.Program;
        var builder = new ProgramBuilder();
        Variable[] arguments = [.. node.Arguments.Select((a, i) => builder.Input($"a{i}", program.Types[a]))];
        var results = builder.ApplyAll(node.Function, arguments);
        Variable?[] cotangents = [.. results.Select((r, i) => r.Type.Kind == ElementKind.Real ? builder.Input($"c{i}", r.Type) : null)];
        var partials = node.Function.Vjp(new Derivation(builder, arguments, results, [.. node.Arguments.Select(a => active[a])], Selection.Middle), cotangents);
        var asked = partials.Select((p, i) => (Partial: p, Argument: node.Arguments[i])).Where(p => p.Partial is not null && bends[p.Argument] != Bend.Straight).ToList();
        if (asked.Count == 0)
        {
            return Bend.Straight;
        }

        var emitted = builder.Build(asked.Select((p, i) => ($"p{i}", p.Partial!)));
        Tensor[] inputs =
        [
            .. node.Arguments.Select(a => Enclosed(at.Value(a))),
            .. results.Where(r => r.Type.Kind == ElementKind.Real).Select(r => new Tensor<Enclosure>(r.Shape, [.. Enumerable.Repeat(Enclosure.Between(0, 1), r.Shape.Elements)])),
        ];
        try
        {
            var signs = Interpreter.Evaluate<Enclosure>(emitted, inputs);
            return asked.Select((p, i) => Outer(bends[p.Argument], Sign((Tensor<Enclosure>)signs[i]))).Aggregate((a, b) => a | b);
        }
        catch (UndecidedException)
        {
            return Bend.Both;
        }
    }

    private static Tensor Enclosed(Tensor value) => value is Tensor<Bounded> reals
        ? new Tensor<Enclosure>(reals.Shape, [.. reals.Elements.Select(x => Enclosure.Between(Directed.Sum(x.Value, -x.Error).Down, Directed.Sum(x.Value, x.Error).Up))])
        : value;

    private static int? Sign(Tensor<Enclosure> partial) => partial.Elements.Length == 0 ? 0 : Sign(partial.Elements.Min(e => e.Lower), partial.Elements.Max(e => e.Upper));

    private static int? Sign(double low, double high) => low == 0 && high == 0 ? 0 : low >= 0 ? 1 : high <= 0 ? -1 : null;

    // Null: of both signs, or not told.
    private static Bend Outer(Bend inner, int? sign) => sign is { } s ? inner.Times(s) : inner == Bend.Straight ? inner : Bend.Both;
}

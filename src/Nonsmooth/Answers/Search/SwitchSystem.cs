using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>A program near a point as a piecewise linear system over its switches: z = c + Z d + L|z|, y = b + J d + Y|z|.</summary>
/// <remarks>
/// One emitted program gives every row: a backward sweep from an output or from a switch, with the slopes without
/// absolute values at the kinks; what arrives at the switches' results is a row of L or Y. s + q runs, whose sums and
/// products are exact.
/// </remarks>
internal sealed class SwitchSystem
{
    private SwitchSystem(IReadOnlyList<SwitchUnit> units, Dyadic[][] z, Dyadic[][] l, Dyadic[][] j, Dyadic[][] y) =>
        (Units, Z, L, J, Y) = (units, z, l, j, y);

    public IReadOnlyList<SwitchUnit> Units { get; }

    /// <summary>One row a switch: derivatives by the inputs.</summary>
    public Dyadic[][] Z { get; }

    /// <summary>One row a switch: derivatives by the absolute values of earlier switches.</summary>
    public Dyadic[][] L { get; }

    /// <summary>One row an output element: derivatives by the inputs.</summary>
    public Dyadic[][] J { get; }

    /// <summary>One row an output element: derivatives by the absolute values.</summary>
    public Dyadic[][] Y { get; }

    /// <summary>The switches that are active at a point.</summary>
    public static IReadOnlyList<SwitchUnit> UnitsOf(Program form, Point at, IReadOnlyList<string> names, bool tiedOnly)
    {
        var active = Differentiation.Activity.Of(form, names);
        return [.. form.Nodes.Where(n => n.Arguments.Any(a => active[a])).SelectMany(n => SwitchUnits.Of(n, at, tiedOnly))];
    }

    public static SwitchSystem Of(
        Program form, IReadOnlyList<Array> inputs, Point at, IReadOnlyList<string> names, IReadOnlyList<SwitchUnit> units, Deadline? deadline = null)
    {
        var byNode = units.Select((u, i) => (Unit: u, Index: i)).GroupBy(u => u.Unit.Node).ToDictionary(g => g.Key, g => g.ToList());
        var given = new GivenResolver(everywhere: true);
        var (sweeps, seeds) = Emit(form, names, given, byNode.Keys, inputs, deadline);
        List<Dyadic[]> slopes = [.. given.Inputs.Select(s => s.Between is null && KinkKinds.Of(s.Node.Function) == KinkKind.Norm
            ? new Dyadic[s.Shape.Elements]
            : SwitchUnits.Slopes(s.Node, at, byNode.TryGetValue(s.Node, out var own) ? own.Select(u => u.Unit) : []))];
        Dyadic[][] zeros = [.. seeds.Select(s => new Dyadic[s.Elements])];
        var outputs = form.Outputs.Where(o => form.Types[o.Value].Kind == ElementKind.Real).ToList();
        var rows = outputs.SelectMany(o => Enumerable.Range(0, form.Types[o.Value].Shape.Elements).Select(e => ($"seed.{o.Name}", e)))
            .Concat(units.Select(u => ($"seed.{u.Node.Name}.unit", u.Element)));
        var (byInputs, byUnits) = (new List<Dyadic[]>(), new List<Dyadic[]>());
        foreach (var (name, element) in rows)
        {
            int seed = seeds.FindIndex(s => s.Name == name);
            zeros[seed][element] = Dyadic.FromDouble(1);
            var results = sweeps.Run([.. slopes, .. zeros]);
            zeros[seed][element] = default;
            byInputs.Add([.. names.SelectMany(n => results[$"grad.{n}"])]);
            byUnits.Add([.. units.Select(u => u.HalfGap * results[$"reach.{u.Node.Name}"][u.Element])]);
        }

        int q = byInputs.Count - units.Count;
        return new SwitchSystem(units, [.. byInputs.Skip(q)], [.. byUnits.Skip(q)], [.. byInputs.Take(q)], [.. byUnits.Take(q)]);
    }

    private static (ExactSweeps Sweeps, List<(string Name, int Elements)> Seeds) Emit(
        Program form, IReadOnlyList<string> names, GivenResolver given, IReadOnlyCollection<Node> switches, IReadOnlyList<Array> inputs, Deadline? deadline)
    {
        var sweep = new KinkSweep(form, names);
        sweep.Forward(null, []);
        var resolved = sweep.Resolve(given);
        var cotangents = new Variable?[form.Types.Count];
        var seeds = new List<(string, int)>();
        var results = new List<(string, Variable)>();
        foreach (var output in form.Outputs.Where(o => form.Types[o.Value].Kind == ElementKind.Real))
        {
            sweep.Accumulate(cotangents, output.Value, Seed($"seed.{output.Name}", output.Value));
        }

        sweep.Reverse(resolved, cotangents, node =>
        {
            if (switches.Contains(node))
            {
                results.Add(($"reach.{node.Name}", sweep.OrZero(cotangents, node.Results[0])));
                var seed = Seed($"seed.{node.Name}.unit", node.Results[0]);
                sweep.Accumulate(cotangents, node.Arguments[0], seed);
                if (node.Arguments.Length > 1)
                {
                    sweep.Accumulate(cotangents, node.Arguments[1], Functions.Negate(seed));
                }
            }
        });
        results.AddRange(sweep.Names.Select(n => ($"grad.{n}", sweep.OrZero(cotangents, form.Input(n).Value))));
        return (sweep.Exactly(results, inputs, deadline), seeds);

        Variable Seed(string name, int value)
        {
            seeds.Add((name, form.Types[value].Shape.Elements));
            return sweep.Builder.TrailingInput(name, form.Types[value], InputRole.Seed);
        }
    }
}

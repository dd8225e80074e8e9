using Nonsmooth.Differentiation;
using Nonsmooth.Programs;

namespace Nonsmooth.Cost;

/// <summary>Finds the waists of a program and cuts it there.</summary>
/// <remarks>
/// A waist is an articulation of the graph of values that depend on the inputs of interest and that a real output
/// depends on. Every other such value lies before it or after it, so one pass in the program's order finds them all.
/// </remarks>
public static class Waists
{
    /// <summary>The waists in the program's order, save the inputs and the last one, an only output.</summary>
    /// <param name="program">The program.</param>
    /// <param name="withRespectTo">Names of the inputs of interest; none means every real input.</param>
    /// <exception cref="NonsmoothException">There is no such input, or it is not real.</exception>
    public static IReadOnlyList<Waist> Of(Program program, IReadOnlyList<string>? withRespectTo = null)
    {
        var active = Activity.Of(program, Activity.Wanted(program, withRespectTo ?? []));
        var lastUse = LastUses(program, active);
        int reach = program.Inputs.Max(i => (int?)lastUse[i.Value]) ?? -1;
        var waists = new List<Waist>();
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            var results = program.Nodes[n].Results;
            foreach (int w in results)
            {
                int others = results.Where(r => r != w).Select(r => lastUse[r]).DefaultIfEmpty(-1).Max();
                bool ends = lastUse[w] == int.MaxValue && !program.Nodes.Skip(n + 1).Any(later => later.Arguments.Contains(w));
                if (lastUse[w] >= 0 && !ends && Math.Max(reach, others) <= n)
                {
                    waists.Add(new Waist(program.NameOf(w), w, program.Types[w].Shape.Count64));
                }
            }

            reach = Math.Max(reach, results.Max(r => lastUse[r]));
        }

        return waists;
    }

    /// <summary>The part before a waist, whose output it is, and the part after it, whose last input it is.</summary>
    public static (Program Inner, Program Outer) Cut(Program program, Waist waist)
    {
        var (before, inner) = Activity.Begin(program);
        var (after, outer) = Activity.Begin(program);
        foreach (var node in program.Nodes)
        {
            before.Replay(node, inner);
        }

        outer[waist.Value] = after.Input(waist.Name, program.Types[waist.Value]);
        var needed = Needed(program, waist.Value);
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            if (needed[n])
            {
                var cut = outer[waist.Value];
                after.Replay(program.Nodes[n], outer);
                outer[waist.Value] = cut;
            }
        }

        return (
            before.Build([(waist.Name, inner[waist.Value]!)]).Prune(),
            after.Build(program.Outputs.Select(o => (o.Name, outer[o.Value]!))));
    }

    // The last node that uses a value on the way to a real output; none is −1, an output the largest number.
    private static int[] LastUses(Program program, bool[] active)
    {
        var last = new int[program.Types.Count];
        Array.Fill(last, -1);
        foreach (var output in program.Outputs)
        {
            last[output.Value] = active[output.Value] ? int.MaxValue : -1;
        }

        for (int n = program.Nodes.Count - 1; n >= 0; n--)
        {
            if (program.Nodes[n].Results.Any(r => last[r] >= 0))
            {
                foreach (int argument in program.Nodes[n].Arguments)
                {
                    last[argument] = active[argument] ? Math.Max(last[argument], n) : -1;
                }
            }
        }

        return last;
    }

    private static bool[] Needed(Program program, int cut)
    {
        var values = new bool[program.Types.Count];
        var nodes = new bool[program.Nodes.Count];
        foreach (var output in program.Outputs)
        {
            values[output.Value] = output.Value != cut;
        }

        for (int n = nodes.Length - 1; n >= 0; n--)
        {
            nodes[n] = program.Nodes[n].Results.Any(r => values[r]);
            foreach (int argument in nodes[n] ? program.Nodes[n].Arguments : [])
            {
                values[argument] = argument != cut;
            }
        }

        return nodes;
    }
}

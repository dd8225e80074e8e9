using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A program of the inputs that it reads: those that it does not read may be infinite.</summary>
internal static class Reading
{
    /// <param name="types">The types of all inputs.</param>
    /// <param name="body">From the inputs to the results.</param>
    /// <param name="unknown">The name of the last input, which is kept in any case; null where it is one like the others.</param>
    /// <returns>The program, and the positions of the inputs that it reads, an unknown left out.</returns>
    public static (Program Program, int[] Used) Of(IReadOnlyList<TensorType> types, Func<Variable[], IReadOnlyList<Variable>> body, string? unknown = null)
    {
        int last = unknown is null ? -1 : types.Count - 1;
        var whole = Traced(_ => true);
        var read = new HashSet<int>(whole.Nodes.SelectMany(n => n.Arguments).Concat(whole.Outputs.Select(o => o.Value)));
        int[] used = [.. Enumerable.Range(0, types.Count).Where(i => i != last && read.Contains(whole.Inputs[i].Value))];
        return (Traced(i => i == last || used.Contains(i)), used);

        Program Traced(Predicate<int> keeps)
        {
            var builder = new ProgramBuilder();
            var inputs = types.Select((t, i) => keeps(i) ? builder.Input(i == last ? unknown! : $"a{i}", t) : builder.Apply(new Fill(t.Shape, 0))).ToArray();
            return builder.Build(body(inputs).Select((r, i) => ($"r{i}", r))).Prune();
        }
    }
}

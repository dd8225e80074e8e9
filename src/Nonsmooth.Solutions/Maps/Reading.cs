using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A program of the inputs that it reads: those that it does not read may be infinite.</summary>
internal static class Reading
{
    /// <param name="types">The types of all inputs.</param>
    /// <param name="unknown">The shape of one more, which is kept; null for none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="body">From the inputs, and the one more (the first input where there is none), to the results.</param>
    /// <returns>The program, and the positions of the inputs that it reads.</returns>
    public static (Program Program, int[] Used) Of(
        IReadOnlyList<TensorType> types, Shape? unknown, string name, Func<Variable[], Variable, IReadOnlyList<Variable>> body)
    {
        var whole = Traced(new bool[types.Count], keepsAll: true).Prune();
        var read = new HashSet<int>(whole.Nodes.SelectMany(n => n.Arguments).Concat(whole.Outputs.Select(o => o.Value)));
        bool[] keeps = [.. whole.Inputs.Take(types.Count).Select(i => read.Contains(i.Value))];
        return (Traced(keeps, keepsAll: false), [.. Enumerable.Range(0, types.Count).Where(i => keeps[i])]);

        Program Traced(bool[] kept, bool keepsAll)
        {
            var builder = new ProgramBuilder();
            var inputs = types.Select((t, i) => keepsAll || kept[i] ? builder.Input($"a{i}", t) : builder.Apply(new Fill(t.Shape, 0))).ToArray();
            var more = unknown is { } shape ? builder.Input(name, shape) : inputs[0];
            return builder.Build(body(inputs, more).Select((r, i) => ($"r{i}", r))).Prune();
        }
    }
}

using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Ties;

/// <summary>A site of a program as built, and where it is in the program as it runs.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Function">Its function, one that measures its gaps.</param>
/// <param name="Types">Types of its arguments.</param>
/// <param name="Shape">The shape of its first result.</param>
/// <param name="Arguments">Numbers of its arguments in the program as it runs.</param>
/// <param name="Tied">The number of the value that is tied: the argument of a function of one variable, else the first result.</param>
/// <param name="Trigger">The name of the node after which the arguments can be read.</param>
/// <param name="Cotangent">The number of its cotangent and the name of the node that reads it; null without backprop.</param>
/// <remarks>
/// An executor writes functions out that it has no kernel for: their parts have kinks that the functions need not have (the
/// maximum in a softplus), and are no sites.
/// </remarks>
internal sealed record ExecutedSite(
    string Name, ElementaryFunction Function, IReadOnlyList<TensorType> Types, Shape Shape, int[] Arguments, int Tied, string Trigger, (int Value, string Node)? Cotangent)
{
    public static IReadOnlyList<ExecutedSite> Of(Program program, Program executed)
    {
        var source = program.Flatten(static composite => composite.HasVjp);
        var makers = source.Nodes.SelectMany(n => n.Results.Select((r, i) => (Value: r, Node: n, Place: i))).ToDictionary(m => m.Value);
        var named = executed.Nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
        var sites = new List<ExecutedSite>();
        foreach (var node in source.Nodes.Where(n => n.Function.HasGaps && n.Copy == 0))
        {
            var shape = source.Types[node.Results[0]].Shape;
            int?[] arguments = [.. node.Arguments.Select(Executed)];
            if (shape.Count64 == 0 || arguments.Any(a => a is null) || Trigger(node, arguments) is not { } trigger)
            {
                continue;
            }

            int[] own = [.. arguments.Select(a => a!.Value)];
            int? result = Executed(node.Results[0]);
            bool unary = node.Function is IUnaryFunction;
            if ((unary ? own[0] : result) is { } tied)
            {
                var cotangent = SiteCotangent.Of(executed, node.Name, source.Types[node.Results[0]], [.. own, .. node.Results.Select(Executed).OfType<int>()]);
                sites.Add(new ExecutedSite(node.Name, node.Function, source.ArgumentTypes(node), shape, own, tied, trigger, cotangent));
            }
        }

        return sites;

        int? Executed(int value)
        {
            if (!makers.TryGetValue(value, out var maker))
            {
                return executed.Inputs.FirstOrDefault(i => i.Name == source.NameOf(value))?.Value;
            }

            return named.TryGetValue(maker.Node.Name, out var same)
                ? same.Results[maker.Place]
                : Parts(maker.Node.Name).LastOrDefault() is { } last && last.Results.Length == maker.Node.Results.Length ? last.Results[maker.Place] : null;
        }

        string? Trigger(Node node, int?[] arguments) => named.ContainsKey(node.Name)
            ? node.Name
            : Parts(node.Name).FirstOrDefault(p => arguments.All(a => p.Arguments.Contains(a!.Value)))?.Name;

        IEnumerable<Node> Parts(string name) => executed.Nodes.Where(n =>
            n.Copy == 0 && n.Role == NodeRole.Primal && n.Lineage().Skip(1).Contains(name));
    }
}

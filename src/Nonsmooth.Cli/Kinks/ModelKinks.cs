using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Where a network's loss is not differentiable, node by node, and what decides its derivative there.</summary>
internal sealed record ModelKinks(string Network, IReadOnlyList<ModelKink> Kinks)
{
    public static ModelKinks Of(Model model) => new(model.Name, [.. KinkSite.Of(model.Build(1).Objective).Select(ModelKink.Of)]);

    public Document Shown()
    {
        var document = new Document(this, $"Where the loss of {Network} is not differentiable");
        return Kinks.Count == 0
            ? document.Say("Nowhere: no node has a kink.")
            : document.Table(
                    Kinks,
                    (Column.Code("node"), k => k.Node),
                    (Column.Text("function"), k => k.Function),
                    (Column.Text("where"), k => k.Where),
                    (Column.Text("regularity"), k => k.Regularity),
                    (Column.Text("keys of selection"), k => string.Join(", ", k.Keys)))
                .Say($"{Numbers.Whole(Kinks.Count)} nodes; nonsmooth kinks says what each key takes, nonsmooth audit whether it matters.");
    }
}

/// <summary>One node.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Function">Its function.</param>
/// <param name="Where">Where it is not differentiable.</param>
/// <param name="Regularity">Path-differentiable or not, or unknown.</param>
/// <param name="Keys">The keys that its derivative there reads.</param>
internal sealed record ModelKink(string Node, string Function, string Where, string Regularity, IReadOnlyList<string> Keys)
{
    public static ModelKink Of(KinkSite site) => new(
        site.Node,
        site.Function,
        site.Where,
        site.Regularity switch
        {
            Programs.Regularity.PathDifferentiable => "path-differentiable",
            Programs.Regularity.NotPathDifferentiable => "jumps",
            _ => "unknown",
        },
        [.. site.Keys.Select(k => k.Name)]);
}

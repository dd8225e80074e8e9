using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Where a network's loss is not differentiable, node by node, and what decides its derivative there.</summary>
/// <param name="Network">The network.</param>
/// <param name="Presets">Names of the presets, in the order in which the keys list their choices.</param>
/// <param name="Kinks">One row a node.</param>
/// <param name="Keys">The keys that its functions read, one's own too.</param>
internal sealed record ModelKinks(string Network, IReadOnlyList<string> Presets, IReadOnlyList<ModelKink> Kinks, IReadOnlyList<KeyRow> Keys)
{
    public static ModelKinks Of(Model model) => Of(model.Name, model.Build(model.UsualBatch).Objective);

    public static ModelKinks Of(string name, Program program)
    {
        var sites = KinkSite.Of(program);
        return new(
            name,
            [.. KinkCatalogue.Shown.Select(p => p.Name)],
            [.. sites.Select(ModelKink.Of)],
            [.. sites.SelectMany(s => s.Keys).Distinct().OrderBy(k => k.Name, StringComparer.Ordinal)
                .Select(k => KeyRow.Of(k, sites.Where(s => s.Keys.Contains(k)).Select(s => s.Function), KinkCatalogue.Shown))]);
    }

    public Document Shown()
    {
        var document = new Document(this, $"Where the loss of {Network} is not differentiable");
        if (Kinks.Count == 0)
        {
            return document.Say("Nowhere: no node has a kink.");
        }

        document.Table(
            Kinks,
            (Column.Code("node"), k => k.Node),
            (Column.Text("function"), k => k.Function),
            (Column.Text("where"), k => k.Where),
            (Column.Text("regularity"), k => k.Regularity),
            (Column.Text("keys of selection"), k => string.Join(", ", k.Keys)));
        if (Keys.Count > 0)
        {
            document.Section("What decides there, and what each preset takes").Add(KeyRow.Table(Keys, Presets));
        }

        return document.Say($"{Numbers.Whole(Kinks.Count)} nodes; nonsmooth audit tells whether the choice matters.");
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

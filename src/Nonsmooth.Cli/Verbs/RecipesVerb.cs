using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the recipes.</summary>
internal sealed class RecipesVerb() : Verb("recipes", "List the recipes that train takes, and what each came to", "nonsmooth recipes")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        var rows = RecipeRegistry.All.Select(r => new Row(r.Name, r.Description, r.Network, r.Data, r.Takes, r.Reference)).ToArray();
        session.Print(new Document(new Listing(rows))
            .Table(
                rows,
                (Column.Text("name"), r => r.Name),
                (Column.Text("network"), r => r.Network),
                (Column.Text("data"), r => r.Data),
                (Column.Text("takes"), r => r.Takes),
                (Column.Text("came to"), r => r.Reference),
                (Column.Text("what it is"), r => r.Description))
            .Say("nonsmooth train NAME runs one; --set key=value changes it. Its keys, and so those of a recipe's file:", string.Join(", ", RecipeKey.All.Select(key => key.Name))));
        return ExitCode.Done;
    }

    private sealed record Row(string Name, string Description, string Network, string Data, string Takes, string Reference);

    private sealed record Listing(IReadOnlyList<Row> Recipes);
}

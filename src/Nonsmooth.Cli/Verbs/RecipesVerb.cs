using System.CommandLine;
using Nonsmooth.Cli.Options;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the recipes.</summary>
internal sealed class RecipesVerb() : Verb("recipes", "List the recipes that train takes, and what each came to", "nonsmooth recipes")
{
    protected override int Run(ParseResult parsed, Session session)
    {
        var rows = RecipeRegistry.All.Select(r => new Row(r.Name, r.Description, r.Network, r.Data, r.Takes, r.Reference)).ToArray();
        session.Print(new Listing(rows, [.. TrainingSettings.OfRecipe.Select(s => SettingRow.Of(s, new Recipe()))]), (listing, page) =>
        {
            page.Table(
                ["name", "network", "data", "takes", "came to", "what it is"],
                listing.Recipes.Select(row => (string[])[row.Name, row.Network, row.Data, row.Takes, row.Reference, row.Description]));
            page.Say("nonsmooth train NAME runs one; --set key=value or the option of the same name changes it. Its keys, and so those of a recipe's file:");
            page.Table(["key", "default", "what it is"], listing.Keys.Select(key => (string[])[key.Key, key.Default ?? "", key.Description]));
        });
        return ExitCode.Done;
    }

    private sealed record Row(string Name, string Description, string Network, string Data, string Takes, string Reference);

    private sealed record Listing(IReadOnlyList<Row> Recipes, IReadOnlyList<SettingRow> Keys);
}

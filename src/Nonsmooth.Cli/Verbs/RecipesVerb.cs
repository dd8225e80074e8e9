using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the recipes.</summary>
internal sealed class RecipesVerb : Verb
{
    private readonly Option<bool> _schema = new("--schema") { Description = "Print a JSON schema of a recipe's file, by which editors complete and check one" };

    public RecipesVerb()
        : base("recipes", "List the recipes that train takes, and what each came to", "nonsmooth recipes", "nonsmooth recipes --schema > recipe.schema.json") => Options.Add(_schema);

    protected override int Run(ParseResult parsed, Session session)
    {
        if (parsed.GetValue(_schema))
        {
            session.Context.Out.Write(RecipeSchema.Json());
            return ExitCode.Done;
        }

        var rows = RecipeRegistry.All.Select(r => new Row(r.Name, r.Description, r.Network, r.Data, r.Takes, r.Reference)).ToArray();
        SettingRow[] keys = [.. TrainingSettings.OfRecipe.Select(s => SettingRow.Of(s, new Recipe()))];
        var document = new Document(new Listing(rows, keys));
        foreach (var data in rows.GroupBy(r => r.Data))
        {
            document.Section($"On {data.Key}").Table(
                data,
                (Column.Text("name"), r => r.Name),
                (Column.Text("network"), r => r.Network),
                (Column.Text("takes") with { Priority = -1 }, r => r.Takes),
                (Column.Text("came to") with { Priority = -1 }, r => r.Reference),
                (Column.Text("what it is"), r => r.Description));
        }

        session.Print(document.Section("Keys of a recipe")
            .Say("nonsmooth train NAME runs one; --set key=value or the option of the same name changes it. Its keys, and so those of a recipe's file:")
            .Table(keys, (Column.Text("key"), k => k.Key), (Column.Text("default"), k => k.Default), (Column.Text("what it is") with { Priority = 1 }, k => k.Description)));
        return ExitCode.Done;
    }

    private sealed record Row(string Name, string Description, string Network, string Data, string Takes, string Reference);

    private sealed record Listing(IReadOnlyList<Row> Recipes, IReadOnlyList<SettingRow> Keys);
}

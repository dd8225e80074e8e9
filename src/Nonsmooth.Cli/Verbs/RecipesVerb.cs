using System.CommandLine;
using Nonsmooth.Cli.Documents;
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
        SettingRow[] keys = [.. TrainingSettings.OfRecipe.Select(s => SettingRow.Of(s, new Recipe()))];
        session.Print(new Document(new Listing(rows, keys))
            .Table(
                rows,
                (Column.Text("name"), r => r.Name),
                (Column.Text("network"), r => r.Network),
                (Column.Text("data"), r => r.Data),
                (Column.Text("takes"), r => r.Takes),
                (Column.Text("came to"), r => r.Reference),
                (Column.Text("what it is"), r => r.Description))
            .Say("nonsmooth train NAME runs one; --set key=value or the option of the same name changes it. Its keys, and so those of a recipe's file:")
            .Table(keys, (Column.Text("key"), k => k.Key), (Column.Text("default"), k => k.Default), (Column.Text("what it is"), k => k.Description)));
        return ExitCode.Done;
    }

    private sealed record Row(string Name, string Description, string Network, string Data, string Takes, string Reference);

    private sealed record Listing(IReadOnlyList<Row> Recipes, IReadOnlyList<SettingRow> Keys);
}

using Nonsmooth.Answers;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Kinks;
using Nonsmooth.Dictionary;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Verdict = Nonsmooth.Answers.Verdict;

namespace Nonsmooth.Cli.Tests.Kinks;

/// <summary>Every key, one of a function of one's own too, reaches everyone who is to know it: one theory for each of them.</summary>
public sealed class EveryKeyTests
{
    private static readonly Lazy<ToolRun> _text = new(() => ToolRun.Of("kinks"));
    private static readonly Lazy<ToolRun> _json = new(() => ToolRun.Of("kinks", "--json"));

    public static TheoryData<string> Keys => [.. KeyedProgram.Keys.Select(k => k.Name)];

    public static TheoryData<string> Standard => [.. StandardDictionary.Keys.Select(k => k.Name)];

    [Fact]
    public void OnlySolutionsReadAKeyThatNoFunctionOfTheDictionaryReads()
    {
        var read = StandardDictionary.Rows.SelectMany(r => r.Function.Keys).Distinct();
        Assert.Equal([SelectionKeys.WeaklyActive], StandardDictionary.Keys.Except(read));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void KinksOfAProgramListIt(string name)
    {
        var keyed = KeyedProgram.Of(name);
        var kinks = ModelKinks.Of("keyed", keyed.Program);
        var row = Assert.Single(kinks.Keys, k => k.Name == name);
        Assert.Contains(keyed.Function.Name, row.Functions);
        Assert.Equal([.. KinkCatalogue.Shown.Select(p => p.Name)], kinks.Presets);
        Assert.Equal(kinks.Presets.Count, row.Choices.Count);
        Assert.Contains(kinks.Kinks, k => k.Keys.Contains(name));
        Assert.Contains($"| `{name}` | {row.Topic} |", MarkdownWriter.Of(kinks.Shown()), StringComparison.Ordinal);
        Assert.Contains($"\"name\": \"{name}\"", Json.Of(kinks), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Standard))]
    public void TheVerbListsItInTextAndInJson(string name)
    {
        var row = _json.Value.Json.GetProperty("keys").EnumerateArray().Single(k => k.GetProperty("name").GetString() == name);
        Assert.Equal(SelectionKey.Find(name).Topic, row.GetProperty("topic").GetString());
        Assert.Equal(4, row.GetProperty("choices").GetArrayLength());
        Assert.Equal(name == SelectionKeys.WeaklyActive.Name, row.GetProperty("functions").GetArrayLength() == 0);
        Assert.Matches($"(?m)^ *{name} +\\S", _text.Value.Out);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void AnAuditHasAChoiceOfIt(string name)
    {
        var program = KeyedProgram.Of(name).Program;
        var choice = Assert.Single(AuditChoice.Of(program, Selection.Default), c => c.Name == name);
        Assert.Equal((SelectionKey.Find(name).Topic, SelectionKey.Find(name).Sides), (choice.Topic, choice.Sides));
        Assert.NotEmpty(SelectionSites.Differing(program, [program.Inputs[0].Name], choice.Reference, choice.Other));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void EveryPresetHasARuleForItAndTakesAnother(string name)
    {
        var key = SelectionKey.Find(name);
        foreach (var preset in Presets.All)
        {
            object rule = key.RuleOf(preset.Selection);
            Assert.IsType(key.DefaultRule.GetType(), rule);
            object other = key.OtherRules.Append(key.DefaultRule).First(r => !r.Equals(rule));
            var changed = key.Set(preset.Selection, other);
            Assert.Equal(other, key.RuleOf(changed));
            Assert.NotEqual(preset.Selection, changed);
            Assert.Equal(preset.Selection, key.Set(changed, rule));
        }

        Assert.True(key.RuleOf(Selection.MinimalNorm) is KinkRule or TieRule or double or ActivityRule);
        Assert.Equal(key.RuleOf(Selection.MinimalNorm) is TieRule, TieRule.Average.Equals(key.RuleOf(Selection.MinimalNorm)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void AnswersAtItsKinkDependOnItOrSayWhyTheyCannotTell(string name)
    {
        var keyed = KeyedProgram.Of(name);
        var answer = Ambiguity.At(keyed.Program, keyed.AtKink);
        if (name == SelectionKeys.WeaklyActive.Name)
        {
            Assert.Equal(Verdict.Unknown, answer.Ambiguous);
            Assert.Contains("on the border of simplex_projection", answer.Doubt, StringComparison.Ordinal);
            return;
        }

        Assert.Equal((Verdict.Yes, null), (answer.Ambiguous, answer.Doubt));
        Assert.Contains(answer.FirstSelection, s => $"{s.Node}.".StartsWith($"{keyed.Node}.", StringComparison.Ordinal));
        Assert.Equal(Verdict.No, Ambiguity.At(keyed.Program, keyed.Beside).Ambiguous);
    }

    [Theory]
    [MemberData(nameof(Standard))]
    public void TheDocumentsTablesHaveIt(string name)
    {
        string text = File.ReadAllText(Path.Combine(SampleTests.Root, "docs", "selections.md"));
        Assert.Equal(2, text.Split('\n').Count(l => l.StartsWith($"| `{name}` |", StringComparison.Ordinal)));
    }
}

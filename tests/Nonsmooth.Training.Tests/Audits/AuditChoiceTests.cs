using System.Diagnostics;
using Nonsmooth.Answers;
using Nonsmooth.Conservativity;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Audits;

namespace Nonsmooth.Training.Tests.Audits;

public sealed class AuditChoiceTests(ITestOutputHelper output)
{
    private static readonly bool _all = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1";

    // Each choice over every function that it changes, after every preset; functions it does not change are the preset's.
    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryChoiceIsAConservativeRule()
    {
        var watch = Stopwatch.StartNew();
        var options = _all ? new ConservativityOptions { Points = 96, Loops = 12 } : new ConservativityOptions { Points = 12, Loops = 1 };
        var runs = new Dictionary<string, RuleVerdict>();
        var wrong = new List<string>();
        int cases = 0, changed = 0, points = 0, loops = 0;
        foreach (var row in StandardDictionary.Rows.Where(r => r.Function.Regularity == Regularity.PathDifferentiable))
        {
            foreach (var preset in Presets.All)
            {
                foreach (var choice in AuditChoice.Of(Traced(row), preset.Selection))
                {
                    cases++;
                    string key = Derived(row, choice.Other);
                    if (key == Derived(row, choice.Reference))
                    {
                        continue;
                    }

                    changed++;
                    if (!runs.TryGetValue($"{row} {key}", out var verdict))
                    {
                        verdict = ConservativityTest.Of(row.Function, row.Arguments, choice.Other, options);
                        runs.Add($"{row} {key}", verdict);
                        (points, loops) = (points + verdict.Points, loops + verdict.Loops);
                    }

                    if (verdict.Label != choice.Rule || !verdict.IsProved)
                    {
                        wrong.Add($"{row} under {choice.Name} after {preset.Name}: {verdict}");
                    }
                }
            }
        }

        output.WriteLine($"{cases} rules, {changed} changed by a choice, {runs.Count} different programs, {points} points, {loops} loops, {watch.Elapsed.TotalSeconds:F1} s");
        Assert.Empty(wrong);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void WhatEachChoiceTakesAtAKinkIsItsLabel()
    {
        double[] Point(Shape shape, double number) => [.. Enumerable.Repeat(number, shape.Elements)];
        var labels = new Dictionary<string, SortedSet<PointLabel>>();
        var said = new Dictionary<string, PointLabel?>();
        foreach (var row in StandardDictionary.Rows.Where(r => r.Function.Regularity == Regularity.PathDifferentiable && r.Function is not CompositeFunction && r.Arguments.Sum(a => a.Type.Shape.Elements) <= 16))
        {
            foreach (var choice in AuditChoice.Of(Traced(row), Selection.Default).Where(c => Derived(row, c.Other) != Derived(row, c.Reference)))
            {
                var program = Traced(row);
                double[] kinks = [.. row.Function.KinkPoints(choice.Other).Select(k => k.At).DefaultIfEmpty(choice.Name == "norm-at-zero" ? 0 : 1)];
                foreach (double kink in kinks)
                {
                    var answer = GradientCheck.Of(program, [.. row.Arguments.Select(a => Point(a.Type.Shape, kink))], new GradientCheckOptions { Selection = choice.Other });
                    if (!labels.TryGetValue(choice.Name, out var found))
                    {
                        labels.Add(choice.Name, found = []);
                    }

                    found.Add(answer.Label);
                    said[choice.Name] = choice.Point;
                    output.WriteLine($"{choice.Name}, {row} at {kink}: {answer.Label}, {answer.Reason}");
                }
            }
        }

        foreach (var (name, found) in labels)
        {
            // A selected slope may be the gradient's where an attribute makes two slopes one.
            Assert.All(found, l => Assert.Equal(said[name] == PointLabel.Neither, l == PointLabel.Neither));
        }

        Assert.True(labels.Count >= 10, $"{labels.Count} choices were seen");
    }

    private static Program Traced(DictionaryRow row)
    {
        var builder = new ProgramBuilder();
        var inputs = row.Arguments.Select((a, i) => builder.Input($"a{i}", a.Type)).ToArray();
        return builder.Build(builder.ApplyAll(row.Function, inputs).Select((r, i) => ($"r{i}", r)));
    }

    private static string Derived(DictionaryRow row, Selection selection) => string.Join(
        ' ', Traced(row).Backprop(new BackpropOptions { Selection = selection }).Nodes.Select(n => $"{n.Function} {string.Join(',', n.Arguments)}"));
}

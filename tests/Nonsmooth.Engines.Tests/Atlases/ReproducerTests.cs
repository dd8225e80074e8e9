using System.Text.RegularExpressions;
using Nonsmooth.Engines.Atlases;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Tests.Atlases;

public partial class ReproducerTests
{
    [Fact]
    public void EveryGroupOfTheReportHasOneOfAtMostTenLines()
    {
        string[] groups = Heading().Split(File.ReadAllText(RepositoryFile.Of("docs", "atlas", "report.md")))[1..];
        Assert.True(groups.Length >= 200, $"{groups.Length} groups");
        Assert.All(groups, g => Assert.InRange(Program().Match(g).Groups[1].Value.Count(c => c == '\n'), 1, 10));
    }

    [Theory]
    [InlineData("TensorFlow.js", "global_max_pool", "all equal", "tf.max(x0, [2, 3])", "1.0, 1.0], [1, 1, 4, 4])]")]
    [InlineData("TensorFlow.js", "hinge.crammer_singer", "two tie", "tf.sub(1, tf.oneHot(1.0, x0.size))", "tf.tensor1d([2.0, -1.0, 2.0, 0.5, 1.0])")]
    [InlineData("Eigen", "program.relu_dead_sqrt", "negative", "T(pow(T(max(x0, T(0.0))), 2.0)) + T(pow(T(max(x1, T(0.0))), 2.0))", "T x1(-2.0, 2, 1);")]
    public void FunctionsOfArraysAreWrittenOut(string engine, string spelling, string point, params string[] parts)
    {
        var asked = Assert.Single(Questions.Of([SpellingCatalogue.Find(spelling)], ["f64"]));
        double[] inputs = [.. asked.Inputs["f64"].Single(p => p.Name == point).Arguments.SelectMany(a => a.Data)];
        string program = Languages.Find(engine)!.Program(asked, new JudgedCell("", spelling, asked.Function, "f64", point, inputs) { Cotangent = [1] });
        Assert.All(parts, p => Assert.Contains(p, program, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("program.mxhilb")]
    [InlineData("sort")]
    [InlineData("max_pool2d.2")]
    public void WhatALanguageCannotWriteOutHasNone(string spelling)
    {
        var asked = Assert.Single(Questions.Of([SpellingCatalogue.Find(spelling)], ["f64"]));
        var point = asked.Inputs["f64"][0];
        Assert.Equal("", Languages.Find("Ceres")!.Program(asked, new JudgedCell("", spelling, asked.Function, "f64", point.Name, [.. point.Arguments[0].Data])));
    }

    [GeneratedRegex(@"^### ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"```\w+\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}

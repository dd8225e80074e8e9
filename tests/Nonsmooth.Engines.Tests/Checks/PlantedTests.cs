using System.IO.Pipes;
using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Tests.Checks;

public class PlantedTests
{
    [Fact]
    public void ThereAre43OfThemEachBehindASpellingOfItsOwn()
    {
        Assert.Equal(43, PlantedRules.All.Count);
        Assert.Equal(43, PlantedRules.All.Select(r => r.Spelling).Distinct().Count());
    }

    [Fact]
    public void EveryWrongRuleIsFoundBehindTheProtocolWithTheRightVerdict()
    {
        var list = Questions.Of(PlantedRules.All.Select(r => SpellingCatalogue.Find(r.Spelling)), ["f64"]);
        var report = Behind(new PlantedEngine(), engine => CheckReport.Of(LiveRecording.Of("planted", engine, list), list));
        Assert.Empty(report.Recording.Faults);
        Assert.All(PlantedRules.All, rule => Assert.Contains(report.Cells.Where(c => c.Spelling == rule.Spelling), c => rule.Expected switch
        {
            PlantedRule.AnotherFunction => c.ValueFinding == ValueFinding.AnotherFunction,
            PlantedRule.ValueNotFinite => c.ValueFinding == ValueFinding.NotFinite,
            _ => c.ReverseFinding.ToString() == rule.Expected,
        }));

        // And nothing worse is said of any.
        Assert.All(PlantedRules.All.Where(r => r.Expected == nameof(SlopeFinding.Conservative)), rule =>
            Assert.DoesNotContain(report.Deviations, d => d.Spelling == rule.Spelling));
        Assert.Equal(42, report.Deviations.Select(d => d.Spelling).Distinct().Count());
        Assert.False(report.Passes);
    }

    [Fact]
    public void TheSameEngineRightGivesNoAlarm()
    {
        var list = Questions.Of(formats: ["f64"]);
        var report = Behind(new OwnEngine(), engine => CheckReport.Of(LiveRecording.Of("right", engine, list), list));
        Assert.Empty(report.Recording.Faults);
        Assert.Equal([], report.Deviations.Select(d => d.Line));
        Assert.True(report.Passes);
        Assert.True(report.Cells.Count > 6000, $"{report.Cells.Count}");
    }

    [Fact]
    public void TheSelfTestPassesAndKnowsAnAdapterThatForgetsTheCotangent()
    {
        Assert.Empty(SelfTest.Of(new OwnEngine()));
        Assert.Contains(SelfTest.Of(new Forgetful()), c => c.Contains("log_softmax: vjp", StringComparison.Ordinal));
    }

    private static T Behind<T>(IEngine engine, Func<IEngine, T> use)
    {
        using var there = new AnonymousPipeServerStream(PipeDirection.Out);
        using var thereEnd = new AnonymousPipeClientStream(PipeDirection.In, there.ClientSafePipeHandle);
        using var back = new AnonymousPipeServerStream(PipeDirection.Out);
        using var backEnd = new AnonymousPipeClientStream(PipeDirection.In, back.ClientSafePipeHandle);
        var served = Task.Run(() => EngineServer.Run(engine, new StreamReader(thereEnd), new StreamWriter(back)));
        using var writer = new StreamWriter(there) { AutoFlush = true };
        using var reader = new StreamReader(backEnd);
        return use(new EngineSession(line =>
        {
            writer.WriteLine(line);
            return reader.ReadLine()!;
        }));
    }

    private sealed class Forgetful : IEngine
    {
        private readonly OwnEngine _own = new();

        public EngineHello Hello => _own.Hello;

        public Nonsmooth.Engines.Recordings.Answer Ask(Question question)
        {
            var answer = _own.Ask(question);
            return question.Kind == SpellingKind.Map ? answer : answer with { Reverse = [.. answer.Reverse!.Select(s => (IReadOnlyList<double>)[.. s!.Select(x => x / 2)])] };
        }
    }
}

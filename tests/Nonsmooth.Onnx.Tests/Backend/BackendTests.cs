using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests.Backend;

/// <summary>ONNX's own tests of backends: none is answered wrongly, and ever fewer are refused.</summary>
public sealed class BackendTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("node", 1656)]
    [InlineData("pytorch-converted", 82)]
    [InlineData("pytorch-operator", 35)]
    [InlineData("simple", 15)]
    public void ASuiteIsAnsweredRightOrRefused(string suite, int least)
    {
        SharedData.FolderOrSkip("onnx");
        var results = BackendArchive.All.Where(t => t.Suite == suite).Select(t => (Test: t, Result: BackendRun.Of(t))).ToArray();
        var byOutcome = results.ToLookup(r => r.Result.Outcome);
        output.WriteLine($"{suite}: {byOutcome[BackendOutcome.Passed].Count()} passed, {byOutcome[BackendOutcome.Refused].Count()} refused, {byOutcome[BackendOutcome.Wrong].Count()} wrong");
        foreach (var kind in byOutcome[BackendOutcome.Refused].GroupBy(r => r.Result.Why).OrderByDescending(g => g.Count()))
        {
            output.WriteLine($"  refused {kind.Count()}: {kind.Key} ({string.Join(", ", kind.Select(k => k.Test.Name).Take(4))})");
        }

        foreach (var wrong in byOutcome[BackendOutcome.Wrong])
        {
            output.WriteLine($"  WRONG {wrong.Test.Name}: {wrong.Result.Why}");
        }

        Assert.Empty(byOutcome[BackendOutcome.Wrong].Select(w => $"{w.Test.Name}: {w.Result.Why}"));
        Assert.True(byOutcome[BackendOutcome.Passed].Count() >= least, $"only {byOutcome[BackendOutcome.Passed].Count()} passed");
    }
}

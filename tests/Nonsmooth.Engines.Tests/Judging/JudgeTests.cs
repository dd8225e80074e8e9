using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Tests.Recordings;

namespace Nonsmooth.Engines.Tests.Judging;

/// <summary>Real recordings, judged: what is known of them by hand.</summary>
public class JudgeTests
{
    private static readonly Lazy<IReadOnlyList<JudgedCell>> _some = new(() =>
    {
        string[] names = ["relu", "relu.clip_min", "abs", "frac", "norm_inf.stack_xy", "identity.max_plus_min", "l1.abs_xy", "hardsigmoid", "linalg.det", "resize.nearest", "fmax.xy"];
        return Judge.Of([.. RealRecordings.Folder.Names.Select(RealRecordings.Folder.Open)], [.. RealRecordings.List.Where(s => names.Contains(s.Name))]);
    });

    [Theory]
    [InlineData("relu")]
    [InlineData("relu.clip_min")]
    [InlineData("abs")]
    public void NobodyIsWrongAbout(string spelling) =>
        Assert.DoesNotContain(Some.Where(c => c.Spelling == spelling), c => c.Worst >= SlopeFinding.Conservative || c.ValueFinding == ValueFinding.AnotherFunction);

    [Theory]
    [InlineData("warp-1.19", "frac", SlopeFinding.Zero)]
    [InlineData("autograd-1.9", "norm_inf.stack_xy", SlopeFinding.NotFinite)]
    [InlineData("pytensor-3.0", "norm_inf.stack_xy", SlopeFinding.Outside)]
    [InlineData("paddle-3.3", "norm_inf.stack_xy", SlopeFinding.Outside)]
    [InlineData("tensorflow-2.21", "identity.max_plus_min", SlopeFinding.Conservative)]
    [InlineData("pytorch-2.14", "linalg.det", SlopeFinding.Zero)]
    [InlineData("paddle-3.3", "hardsigmoid", SlopeFinding.Rounded)]
    public void TheWorstOfASpellingIs(string recording, string spelling, SlopeFinding worst) => Assert.Contains(
        Some.Where(c => c.Recording == recording && c.Spelling == spelling), c => c.ReverseFinding == worst);

    [Fact]
    public void PytorchsFmaxGaveTheTieToAnotherArgumentForwards()
    {
        Assert.Contains(Some, c => c is { Recording: "pytorch-2.13", Spelling: "fmax.xy", Point: "1, 1", IsSplit: true });
        Assert.DoesNotContain(Some, c => c is { Recording: "pytorch-2.14", Spelling: "fmax.xy", IsSplit: true });
    }

    [Fact]
    public void PytensorsForwardModeDropsTheSecondOperandOfADifference() => Assert.Contains(
        Some, c => c is { Recording: "pytensor-3.0", Spelling: "l1.abs_xy", ForwardFinding: SlopeFinding.Zero, ReverseFinding: SlopeFinding.Derivative });

    [Fact]
    public void AnotherConventionOfResizingIsNoWrongGradient() => Assert.All(
        Some.Where(c => c.Spelling == "resize.nearest" && c.Recording.StartsWith("jax", StringComparison.Ordinal)),
        c => Assert.True(c.Worst <= SlopeFinding.NotJudged, $"{c.Point}: {c.Worst}"));

    private static IReadOnlyList<JudgedCell> Some
    {
        get
        {
            _ = RealRecordings.Folder;
            return _some.Value;
        }
    }
}

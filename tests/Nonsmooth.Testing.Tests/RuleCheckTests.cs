using Nonsmooth.Dictionary;
using Nonsmooth.Tensors;

namespace Nonsmooth.Testing.Tests;

public sealed class RuleCheckTests
{
    private static readonly ExampleArgument _vector = ExampleArgument.Reals(new Shape(5));

    [Fact]
    public void AFunctionOfOnesOwnThatKeepsItsContractPasses()
    {
        var report = RuleCheck.Of(new FlawedAbs(Flaw.None), _vector);
        Assert.True(report.Passed, report.ToString());
        report.ThrowIfFailed();
        Assert.Equal(["count", "formats", "jvp against differences", "kinks", "types", "vjp against jvp"], report.Comparisons.Keys.Order());
        Assert.All(report.Comparisons.Values, count => Assert.True(count > 0));
        Assert.StartsWith("flawed_abs keeps its contract: ", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Flaw.Count, "count")]
    [InlineData(Flaw.LosesDigits, "formats")]
    [InlineData(Flaw.Tangent, "jvp against differences", "vjp against jvp", "kinks")]
    [InlineData(Flaw.Cotangent, "vjp against jvp", "kinks")]
    [InlineData(Flaw.SaysItIsSmooth, "declared smooth")]
    [InlineData(Flaw.MovedKink, "kinks")]
    [InlineData(Flaw.SelectedSlope, "kinks")]
    public void EachFlawIsFoundByTheCheckOfItsKind(Flaw flaw, string check, params string[] perhaps)
    {
        var report = RuleCheck.Of(new FlawedAbs(flaw), _vector);
        Assert.Contains(report.Failures, f => f.Check == check);
        Assert.All(report.Failures, f => Assert.Contains(f.Check, perhaps.Append(check)));
        var failure = report.Failures.First(f => f.Check == check);
        Assert.NotEqual(failure.Found, failure.Expected);
        string message = Assert.Throws<NonsmoothException>(report.ThrowIfFailed).Message;
        Assert.Contains($"{check}, {failure.Where}: found {failure.Found}, expected {failure.Expected}, at a0 = [", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Flaw.Type)]
    [InlineData(Flaw.WritesItsArgument)]
    public void ResultsOfAnotherTypeAndWrittenArgumentsAreFound(Flaw flaw) =>
        Assert.Contains(RuleCheck.Of(new FlawedAbs(flaw), _vector).Failures, f => f.Check == "types");

    [Fact]
    public void NoPointIsRefused() => Assert.Contains(
        "give at least 1",
        Assert.Throws<NonsmoothException>(() => RuleCheck.Of(new DictionaryRow(new FlawedAbs(Flaw.None), [_vector]), new RuleCheckOptions { Draws = 0 })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AnArgumentMadeByAFunctionIsThatFunctionsResult()
    {
        ExampleArgument made = ExampleArgument.ResultOf(new FlawedAbs(Flaw.None), 0, _vector);
        var drawn = Examples.Draw([_vector, made], new Random(3));
        Assert.Equal(((double[])drawn[0]).Select(Math.Abs), (double[])drawn[1]);
    }
}

using Nonsmooth.Answers;
using Nonsmooth.Conservativity;

namespace Nonsmooth.Tests.Answers;

/// <summary>Every answer ends when its time is over or it is called off, says so, and hands over what it had found.</summary>
public sealed class AnswerTimeTests
{
    private static readonly Program _program = Program.Trace(x => (Abs(x) - Scale(Relu(x), 0.5)).Sum() + Square(x).Max(), new Shape(3));

    private static readonly double[][] _point = [new double[3]];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EveryAnswerIsUnknownWithItsReason(bool calledOff)
    {
        var time = calledOff ? new TimeBudget(null, new CancellationToken(canceled: true)) : new TimeBudget(TimeSpan.Zero);
        var budget = new KinkBudget { Time = time };
        string[] doubts =
        [
            Doubt(Differentiability.At(_program, _point, budget) is { Verdict: Verdict.Unknown } d ? d.Doubt : null),
            Doubt(TwoClarkeElements.At(_program, _point, budget) is { Verdict: Verdict.Unknown } t ? t.Doubt : null),
            Doubt(Stationarity.At(_program, _point, budget) is { ZeroIsClarke: Verdict.Unknown, HasDescent: Verdict.Unknown } s ? s.Doubt : null),
            Doubt(Stationarity.Within(_program, _point, new GoldsteinBudget { Time = time }) is { Verdict: Verdict.Unknown } w ? w.Doubt : null),
            Doubt(Ambiguity.At(_program, _point, budget) is { Ambiguous: Verdict.Unknown } a ? a.Doubt : null),
            Doubt(Nonsmooth.Answers.Clarke.At(_program, _point, budget) is { IsCertified: false } c ? c.Doubt : null),
            Doubt(DirectionalDerivatives.At(_program, _point, [[new double[3]]], new DirectionsOptions { Time = time }).Doubt),
            Doubt(LexicographicDerivative.At(_program, _point, [[new double[3]]], new DirectionsOptions { Time = time }).Doubt),
            Doubt(Assert.Throws<NonsmoothException>(() => AbsNormalForm.Of(_program, _point, options: budget)).Message),
            Doubt(GradientCheck.Of(_program, _point, new GradientCheckOptions { Time = time }) is { Label: PointLabel.Unknown, IsWrong: false } g ? g.Reason : null),
            Doubt(ConservativityTest.Of(x => Math.Abs(x[0]), x => [Math.Sign(x[0])], 1, options: new ConservativityOptions { Time = time }) is { Label: RuleLabel.Untested } r ? r.Over : null),
        ];
        Assert.All(doubts, d => Assert.Contains(calledOff ? "called off" : "the time of 0 s ran out", d, StringComparison.Ordinal));

        static string Doubt(string? doubt) => doubt ?? "answered";
    }

    [Fact]
    public void WhatWasFoundIsHandedOver()
    {
        // 0 is seen to be Clarke's; that nothing descends takes all 2¹⁵ pieces.
        var (program, point) = ManyPieces(15);
        var clock = new SteppingClock();
        var answer = Stationarity.At(program, [point], new KinkBudget { Time = new TimeBudget(TimeSpan.FromSeconds(10)) { Clock = clock } });
        Assert.Equal((Verdict.Yes, Verdict.Unknown, false), (answer.ZeroIsClarke, answer.HasDescent, answer.IsRegular));
        Assert.Contains("the time of 10 s ran out", answer.Doubt, StringComparison.Ordinal);
        Assert.NotNull(answer.Combination);
        Assert.True(answer.Pieces > 10);

        var check = GradientCheck.Of(x => x.Sum(Math.Abs), x => [.. x.Select(v => (double)Math.Sign(v))], [1, 2, 3], new GradientCheckOptions { Time = new TimeBudget(TimeSpan.FromSeconds(0.3)) { Clock = new SteppingClock() } });
        Assert.Equal(PointLabel.Unknown, check.Label);
        Assert.NotEmpty(check.Slopes);
    }

    [Fact]
    public void AnAnswerCanBeCalledOffWhileItRuns()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
        var (program, point) = ManyPieces(18);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var answer = Stationarity.At(program, [point], new KinkBudget { Time = new TimeBudget(null, source.Token) });
        Assert.Equal(Verdict.Unknown, answer.HasDescent);
        Assert.Contains("called off", answer.Doubt, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void ALimitBelowZeroIsRefused() =>
        Assert.Contains("-1 s", Assert.Throws<NonsmoothException>(() => Stationarity.At(_program, _point, new KinkBudget { Time = new TimeBudget(TimeSpan.FromSeconds(-1)) })).Message, StringComparison.Ordinal);

    // Convex, but not seen to be.
    private static (Program Program, double[] Point) ManyPieces(int n) =>
        (Program.Trace(x => Abs(x).Sum() - Scale(Abs(x.Slice(0, 0, 1)).Sum(), 0.5), new Shape(n)), new double[n]);

    // A millisecond passes each time that it is looked at.
    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _now++;
    }
}

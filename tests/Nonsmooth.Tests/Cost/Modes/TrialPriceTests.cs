namespace Nonsmooth.Tests.Cost.Modes;

public sealed class TrialPriceTests
{
    private static readonly Program _program = Program.Trace(x => Functions.Tanh(x), new Shape(3));

    [Fact]
    public void TheFirstRunIsPricedApartFromThoseThatFollow()
    {
        // A run after something else takes 5 s, the following ones 2 s.
        var clock = new Clock();
        int runs = 0;
        var options = new TrialOptions { Rounds = 2, MostRounds = 2, Again = 3, Clock = clock, Evict = 0 };
        var price = new TrialPrice(
            _ => (() => clock.Seconds += runs++ is 0 ? 100 : (runs - 2) % 4 == 0 ? 5 : 2, null), options);
        Assert.Equal(5 + (9 * 2), price.Seconds(_program, 10), 9);
        Assert.Equal(1 + (2 * 4), runs);
    }

    [Fact]
    public void AProgramThatRunsOnceIsOnlyTimedCold()
    {
        var clock = new Clock();
        int runs = 0;
        var price = new TrialPrice(
            _ => (() => clock.Seconds += ++runs, null), new TrialOptions { Rounds = 3, MostRounds = 3, Clock = clock, Evict = 0 });
        Assert.Equal(2, price.Seconds(_program, 1), 9);
        Assert.Equal(4, runs);
    }

    [Fact]
    public void RoundsGoOnUntilTheBudgetIsTimed()
    {
        var clock = new Clock();
        int runs = 0;
        var price = new TrialPrice(_ => (() => { runs++; clock.Seconds += 1; }, null), new TrialOptions
        {
            Rounds = 1, MostRounds = 100, Budget = TimeSpan.FromSeconds(10), Clock = clock, Evict = 0,
        });
        Assert.Equal(1, price.Seconds(_program, 1), 9);
        Assert.Equal(11, runs);
    }

    [Fact]
    public void WhatWasPreparedIsDisposed()
    {
        var owned = new Owned();
        _ = new TrialPrice(_ => (static () => { }, owned)).Seconds(_program, 2);
        Assert.True(owned.Disposed);
    }

    [Fact]
    public void TheAdvisorChoosesByTheTrial()
    {
        // By operations reverse wins; on a machine where only runs count, the mode of fewer sweeps does.
        var program = Program.Trace(x => Functions.Tanh(x).Sum(), new Shape(5));
        Assert.Equal(DerivativeMode.Reverse, ModeAdvisor.Recommend(program).Mode);
        var advice = ModeAdvisor.Recommend(program, inputs: 2, outputs: 9, options: new ModeOptions { ProgramPrice = (_, times) => times });
        Assert.Equal(DerivativeMode.Forward, advice.Mode);
        Assert.Equal((3, 10), (advice.Forward, advice.Reverse));
    }

    [Fact]
    public void OnlyTheCheapestWaistsAreTried()
    {
        var program = Program.Trace(x => Functions.Sin(Functions.Sin(Functions.Sin(Functions.Sin(Functions.Sin(x))))), new Shape(4));
        int Asked(int waists)
        {
            int asked = 0;
            ModeAdvisor.Recommend(program, options: new ModeOptions { PricedWaists = waists, ProgramPrice = (_, times) => { asked++; return times; } });
            return asked;
        }

        // Two programs a mode; of a waist two parts in two modes, and the product.
        Assert.Equal(4 + 9, Asked(1));
        Assert.Equal(4 + (2 * 9), Asked(2));
    }

    [Fact]
    public void NoRunsAreRefused()
    {
        foreach (var options in new[] { new TrialOptions { Rounds = 0 }, new TrialOptions { Again = 0 } })
        {
            Assert.Throws<NonsmoothException>(() => new TrialPrice(_ => (static () => { }, null), options).Seconds(_program, 2));
        }
    }

    private sealed class Owned : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)Math.Round(Seconds * 1e6);
    }
}

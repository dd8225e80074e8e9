using CsCheck;
using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Randomness;

public sealed class CounterRandomTests
{
    [Fact]
    public void ReadsTheBlockOfSeedStreamAndIndex()
    {
        var random = new CounterRandom(0x299f31d0a4093822, 0x0370734413198a2e);
        var first = 0x85a308d3243f6a88UL << 2;
        Assert.Equal(Philox.Block(first >> 2, random.Stream, random.Seed).Word3, random.At(first + 3));
    }

    [Fact]
    public void KeepsItsBits()
    {
        var random = new CounterRandom(0);
        Assert.Equal(0x6627e8d5u, random.At(0));
        Assert.Equal(0xe169c58du, random.At(1));
        Assert.Equal((0xe169c58d6627e8d5UL >> 11) * Math.Pow(2, -53), random.Uniform(0));
    }

    [Fact]
    public void HasTheMomentsOfAUniformLaw()
    {
        var values = new double[200_000];
        new CounterRandom(7).FillUniform(values);
        Assert.All(values, v => Assert.InRange(v, 0, 1 - double.Epsilon));
        Assert.InRange(values.Average(), 0.497, 0.503);
        Assert.InRange(values.Average(v => v * v), 0.330, 0.337);
    }

    [Fact]
    public void HasTheMomentsOfANormalLaw()
    {
        var values = new double[400_000];
        new CounterRandom(7).FillNormal(values);
        Assert.InRange(values.Average(), -0.01, 0.01);
        Assert.InRange(values.Average(v => v * v), 0.985, 1.015);
        Assert.InRange(values.Average(v => v * v * v), -0.03, 0.03);
        Assert.InRange(values.Average(v => v * v * v * v), 2.9, 3.1);
        Assert.InRange(values.Zip(values.Skip(1), (a, b) => a * b).Average(), -0.01, 0.01);
    }

    [Fact]
    public void FillsInPiecesWhatItFillsAtOnce() => Gen.Select(Gen.ULong, Gen.ULong[0, 1000], Gen.Int[0, 37], Gen.Int[0, 37])
        .Sample((seed, start, length, cut) =>
        {
            cut = Math.Min(cut, length);
            var random = new CounterRandom(seed, 3);
            var whole = new float[length];
            var pieces = new float[length];
            random.FillNormal(whole, start);
            random.FillNormal(pieces.AsSpan(0, cut), start);
            random.FillNormal(pieces.AsSpan(cut), start + (ulong)cut);
            Assert.Equal(whole, pieces);
            random.FillUniform(whole, start);
            random.FillUniform(pieces.AsSpan(0, cut), start);
            random.FillUniform(pieces.AsSpan(cut), start + (ulong)cut);
            Assert.Equal(whole, pieces);
        }, iter: 500);

    [Fact]
    public void PermutesEveryNumberOnce() => Gen.Select(Gen.ULong, Gen.Int[0, 300])
        .Sample((seed, count) => Assert.Equal(Enumerable.Range(0, count), new CounterRandom(seed).Permutation(count).Order()), iter: 200);

    [Fact]
    public void MakesEveryPermutationEquallyOften()
    {
        const int draws = 24_000;
        var counts = Enumerable.Range(0, draws)
            .CountBy(i => string.Concat(new CounterRandom(5, (ulong)i).Permutation(4)))
            .ToDictionary();
        Assert.Equal(24, counts.Count);
        // Chi-square with 23 degrees of freedom: 49.7 is its 99.9 % quantile.
        Assert.InRange(counts.Values.Sum(c => (c - 1000.0) * (c - 1000.0) / 1000.0), 0, 49.7);
    }

    [Fact]
    public void DerivesStreamsThatDiffer()
    {
        var random = new CounterRandom(11);
        var streams = Enumerable.Range(0, 1000).Select(i => random.Derive((ulong)i).Stream)
            .Append(random.Derive("weights").Stream).Append(random.Derive("data").Stream).Append(random.Stream);
        Assert.Equal(1003, streams.Distinct().Count());
        Assert.Equal(random.Derive("weights"), random.Derive("weights"));
        Assert.Equal(random.Seed, random.Derive(1).Seed);
    }

    [Fact]
    public void RefusesANegativeCount() => Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1).Permutation(-1));
}

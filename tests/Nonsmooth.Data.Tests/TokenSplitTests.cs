namespace Nonsmooth.Data.Tests;

public sealed class TokenSplitTests
{
    private static readonly ushort[] _text = [.. Enumerable.Range(0, 23).Select(i => (ushort)i)];

    [Fact]
    public void TargetsAreTheTokensThatFollow()
    {
        var split = new TokenSplit(_text, 23, 5);
        Assert.Equal((4, 23, FieldList.Text(5, 23)), (split.Count, split.ClassCount, split.Examples));
        var (x, targets) = Read(split, [3, 0], null);
        Assert.Equal([15L, 16, 17, 18, 19, 0, 1, 2, 3, 4], x);
        Assert.Equal([16L, 17, 18, 19, 20, 1, 2, 3, 4, 5], targets);
    }

    [Fact]
    public void AnEpochMovesEveryWindowAlikeAndStaysWithinTheText()
    {
        var split = new TokenSplit(_text, 23, 5);
        var phases = new HashSet<long>();
        for (int epoch = 0; epoch < 60; epoch++)
        {
            var (x, targets) = Read(split, [0, 1, 2, 3], new EpochDraw(7, epoch));
            Assert.Equal((x, targets), Read(split, [0, 1, 2, 3], new EpochDraw(7, epoch)), Same);
            long phase = x[0];
            phases.Add(phase);
            Assert.Equal([phase, phase + 5, phase + 10, Math.Min(phase + 15, 17)], new[] { x[0], x[5], x[10], x[15] });
            Assert.Equal(x.Select(token => token + 1), targets);
        }

        Assert.Equal([0L, 1, 2, 3, 4], phases.Order());
    }

    [Fact]
    public void RefusesWhatIsNoText()
    {
        static string Refused(ushort[] text, int vocabulary, int length) =>
            Assert.Throws<NonsmoothException>(() => new TokenSplit(text, vocabulary, length)).Message;

        Assert.Equal("a text of 5 tokens has no example of 5 and what follows: give at most 4 tokens", Refused([0, 1, 2, 3, 4], 5, 5));
        Assert.Equal("token 1 of the text is 7, the vocabulary has 0 to 6: encode the text again", Refused([0, 7, 2], 7, 1));
        Assert.Equal("examples of 0 tokens cannot be made: give at least 1", Refused([0, 1], 2, 0));
    }

    [Fact]
    public void HasNoShapeAndNoLabels()
    {
        var split = new TokenSplit(_text, 23, 5);
        Assert.Equal(0, split.Labels.Length);
        Assert.Contains("not images", Assert.Throws<NonsmoothException>(() => split.Shape).Message, StringComparison.Ordinal);
        Assert.Throws<NonsmoothException>(() => split.Fill([0], new float[99], new long[99]));
        Assert.Throws<ArgumentException>(() => split.Fill([0], 1, new byte[39]));
    }

    private static bool Same((long[], long[]) a, (long[], long[]) b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2);

    private static (long[] X, long[] Targets) Read(TokenSplit split, int[] indices, EpochDraw? draw)
    {
        var (x, targets) = (new long[indices.Length * 5], new long[indices.Length * 5]);
        split.Fill(indices, 0, System.Runtime.InteropServices.MemoryMarshal.AsBytes(x.AsSpan()), draw);
        split.Fill(indices, 1, System.Runtime.InteropServices.MemoryMarshal.AsBytes(targets.AsSpan()), draw);
        return (x, targets);
    }
}

using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class TokenFileTests
{
    private static readonly TokenFile _file = new("a source", ["a", "ß", "\n"], new ushort[] { 0, 2, 1, 1, 0 });

    [Fact]
    public void GivesBackWhatWasWritten()
    {
        using var folder = new TemporaryFolder();
        _file.Write(folder.File("text.tokens"));
        var read = TokenFile.Open(folder.File("text.tokens"));
        Assert.Equal("a source", read.Source);
        Assert.Equal(["a", "ß", "\n"], read.Vocabulary);
        Assert.Equal([0, 2, 1, 1, 0], read.Tokens.ToArray());
        Assert.Equal([1, 1], read.Tokens[2..4].ToArray());
    }

    [Fact]
    public void EveryCutAndEveryFlippedBitIsToldWithTheName()
    {
        using var folder = new TemporaryFolder();
        _file.Write(folder.File("text.tokens"));
        var whole = File.ReadAllBytes(folder.File("text.tokens"));
        for (int length = 0; length < whole.Length; length++)
        {
            Damaged(whole[..length]);
        }

        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Damaged(flipped);
        }

        Damaged([.. whole, 0]);

        void Damaged(byte[] content)
        {
            string path = folder.Write("bad.tokens", content);
            var e = Assert.Throws<NonsmoothException>(() => TokenFile.Open(path));
            Assert.StartsWith($"'{path}' is no whole token file", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Fact]
    public void AMissingFileIsNamed() => Assert.Contains(
        "'/nowhere/x.tokens' cannot be read", Assert.Throws<NonsmoothException>(() => TokenFile.Open("/nowhere/x.tokens")).Message, StringComparison.Ordinal);
}

namespace Nonsmooth.Data.Tests;

public sealed class CharacterTextTests
{
    [Fact]
    public void NumbersTheKindsInOrder()
    {
        var file = CharacterText.Encode("here", "banana!");
        Assert.Equal(["!", "a", "b", "n"], file.Vocabulary);
        Assert.Equal([2, 1, 3, 1, 3, 1, 0], file.Tokens.ToArray());
        Assert.Equal("here", file.Source);
    }

    [Fact]
    public void RefusesAnEmptyText() => Assert.Throws<NonsmoothException>(() => CharacterText.Encode("here", ""));
}

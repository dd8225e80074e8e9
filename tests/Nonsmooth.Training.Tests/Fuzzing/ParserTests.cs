using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Fuzzing;

/// <summary>No parser ends the process, throws a stack trace, or takes memory or time that a damaged header asks for.</summary>
public sealed class ParserTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Parser.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ReadsOrRefusesDamagedFiles(string name)
    {
        var parser = Parser.All.Single(p => p.Name == name);
        using var folder = new TemporaryFolder();
        var (read, refused) = Fuzz.Try(parser.Wholes(folder), bytes => parser.Parse(folder, bytes), parser.Reseal);
        output.WriteLine($"{name}: {read} read, {refused} refused");
        Assert.True(refused > 0 || !parser.Refuses, "not one was refused: they are not damaged");
    }

    /// <summary>What failed once.</summary>
    [Theory]
    [InlineData("recipe", "{\"\\ud800\":1}")]
    [InlineData("recipe", "{\"network\":\"\\ud800\"}")]
    [InlineData("recipe", "{\"network\":\"mlp:2-4\",\"network\":\"lenet5\"}")]
    [InlineData("recipe", "{\"recipe\":{\"network\":\"mlp:2-4\"},\"recipe\":{\"network\":\"mlp:2-2\"}}")]
    [InlineData("recipe", "{\"network\":\"mlp:2-4\",\"set\":{\"beta\":1,\"beta\":2}}")]
    [InlineData("recipe", "{\"a\\u001b[31m\\n\\u0000\":1}")]
    [InlineData("runs.jsonl", "{\"key\":\"edited by hand\"}")]
    [InlineData("cost budget", "{\"version\":1,\"version\":2")]
    [InlineData("network", "mlp:2-2147483648-4")]
    public void RefusesWhatOnceFailed(string name, string text)
    {
        var parser = Parser.All.Single(p => p.Name == name);
        using var folder = new TemporaryFolder();
        Assert.False(Fuzz.One(System.Text.Encoding.UTF8.GetBytes(text), bytes => parser.Parse(folder, bytes)));
    }
}

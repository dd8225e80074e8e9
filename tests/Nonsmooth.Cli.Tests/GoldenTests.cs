using Nonsmooth.Cli.Shell;

namespace Nonsmooth.Cli.Tests;

public sealed class GoldenTests
{
    public static TheoryData<string, string> Texts => new()
    {
        { "kinks-jax", "kinks --profile jax" },
        { "kinks-next-json", "kinks --diff libtorch-2.10 libtorch-2.14 --json" },
        { "cost-mlp", "cost mlp:4-8-3 --batch 1" },
        { "cost-mlp-json", "cost mlp:4-8-3 --batch 1 --json" },
        { "cost-lenet5", "cost lenet5 --batch 32 --nonlinear 10" },
        { "cost-resnet18", "cost resnet18" },
        { "cost-vgg11-bn-cifar", "cost vgg11-bn-cifar --batch 8" },
        { "cost-gpt2", "cost gpt2 --tokens 128" },
        { "cost-densenet121-depth", "cost densenet121 --depth 1" },
        { "cost-lenet5-csv", "cost lenet5 --csv" },
        { "cost-resnet18-csv", "cost resnet18 --csv --depth 1" },
        { "cost-lenet5-markdown", "cost lenet5 --markdown" },
        { "cost-gpt-mini-markdown", "cost gpt-mini --tokens 64 --markdown" },
        { "cost-vgg11-checkpoint", "cost vgg11-bn-cifar --batch 64 --checkpoint 130MiB" },
        { "cost-mlp-fits", "cost mlp:4-8-3 --batch 16 --fits 1MiB" },
        { "cost-mlp-jacobian", "cost mlp:64-2-64 --jacobian logits --wrt input" },
        { "cost-lenet5-jacobian-markdown", "cost lenet5 --batch 8 --jacobian logits --tangents 3 --markdown" },
        { "cost-resnet18-ranks", "cost resnet18-cifar --ranks 16 --batch 512 --device 20T:1TB/s --link 30us:10Gb/s --node 4:2us:100GB/s --simulate 100" },
    };

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Texts))]
    public void TextIsTheKeptOne(string name, string arguments)
    {
        var run = ToolRun.Of(arguments.Split(' '));
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Golden.Check(name, run.Out);
    }

    [Fact]
    public void EveryVerbHasHelpWithAnExampleAndJson()
    {
        foreach (var verb in Nonsmooth.Cli.Verbs.Verb.All)
        {
            string help = ToolRun.Of(verb.Name, "--help").Out;
            Assert.Contains("\nExample", help, StringComparison.Ordinal);
            Assert.Contains("--json", help, StringComparison.Ordinal);
            Assert.All(verb.Examples, example => Assert.StartsWith($"nonsmooth {verb.Name}", example, StringComparison.Ordinal));
            Assert.All(verb.Examples, example => Assert.Empty(Tool.Root(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null }).Parse(example["nonsmooth ".Length..].Split('>')[0]).Errors));
        }
    }
}

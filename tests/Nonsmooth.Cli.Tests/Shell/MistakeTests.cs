using System.Text.Json;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Shell;

/// <summary>What people mistype: each gets one line that names what is wrong and what to write, no trace, and its exit code.</summary>
[Collection("libtorch")]
public sealed class MistakeTests
{
    /// <summary>The command line; then words that the complaint has: the option or name, the value, the mend.</summary>
    public static TheoryData<string, string[]> Ours => new()
    {
        { "tarin lenet5", ["no verb 'tarin'", "train"] },
        { "help tran", ["no verb 'tran'", "train"] },
        { "completion bsh", ["no shell 'bsh'", "bash"] },
        { "networks vgg", ["one argument too many", "vgg"] },
        { "networks --jsn", ["--jsn", "--json"] },
        { "train", ["give a network"] },
        { "train lenet55", ["'lenet55'", "lenet5"] },
        { "train lenet5 --epoch 3", ["--epoch", "--epochs"] },
        { "train lenet5 -e x", ["--epochs", "'x'", "whole number"] },
        { "train lenet5 -b 0", ["--batch", "'0'", "at least 1"] },
        { "train lenet5 --data strokse", ["'strokse'", "strokes"] },
        { "train lenet5 --data images:/no/such/folder", ["/no/such/folder", "give one with train/CLASS"] },
        { "train lenet5 --data none.npz", ["none.npz"] },
        { "train lenet5 --tokens 8 --epochs 1 --train-count 64", ["--tokens", "'8'", "leave it out"] },
        { "train lenet5 --target y --epochs 1 --train-count 64", ["--target", "'y'", "leave it out"] },
        { "train lenet5 --text-bytes 1MiB --epochs 1 --train-count 64", ["--text-bytes", "'1MiB'", "leave it out"] },
        { "train lenet5 --image-pixels 9 --epochs 1 --train-count 64", ["--image-pixels", "'9'", "leave it out"] },
        { "train lenet5 --dora exact --epochs 1 --train-count 64", ["--dora", "'exact'", "adapter"] },
        { "train lenet5 --machine-memory 1GiB --epochs 1 --train-count 64", ["--machine-memory", "'1GiB'", "leave it out"] },
        { "train lenet5 --set tokens=8 --set epochs=1 --train-count 64", ["--tokens", "'8'", "leave it out"] },
        { "train lenet5 --data-dir x --epochs 1", ["--data-dir", "'x'", "leave it out"] },
        { "train lenet5 --checkpoint-every 5 --epochs 1", ["--checkpoint-every", "'5'", "give --out"] },
        { "train lenet5 --freeze conv1 --epochs 1 --train-count 64", ["freeze", "leave them out"] },
        { "train lenet5 --adapter r=2 --epochs 1 --train-count 64", ["adapter"] },
        { "train gpt:2-64-4 --train-count 8", ["takes tokens", "shakespeare-char"] },
        { "train mlp:784-10-10 --data strokes --flip maybe", ["maybe"] },
        { "train mlp:783-10 --train-count 64", ["783", "784"] },
        { "train lenet5 --optimizer adam --set betta1=0.5", ["'betta1'", "beta1"] },
        { "train lenet5 --optimizer momentum", ["'momentum'", "give one of"] },
        { "train lenet5 --precision fp16", ["--precision", "'fp16'", "f16"] },
        { "train lenet5 --device gpu", ["--device", "'gpu'", "cuda"] },
        { "train lenet5 --schedule step", ["--schedule", "'step'"] },
        { "train lenet5 --quiet --verbose", ["--verbose", "--quiet", "give one of the two"] },
        { "compare strokes-lenett", ["'strokes-lenett'", "strokes-lenet"] },
        { "compare lenet5 --optimizers adamx", ["'adamx'", "adamax"] },
        { "compare lenet5 --set epoch=1", ["--set", "'epoch=1'", "epochs"] },
        { "compare lenet5 --trials 1 --factor 2 --train-count 64", ["--factor", "'2'", "leave it out"] },
        { "cost resnet-50", ["'resnet-50'", "resnet50"] },
        { "cost equilibrium:64 --batch 3", ["--batch", "'3'", "leave it out"] },
        { "cost lenet5 --csv --json", ["--csv", "--json", "give one of"] },
        { "cost equilibrium:64 --csv", ["--csv", "leave it out"] },
        { "cost lenet5 --iterations 3", ["--iterations", "'3'", "leave it out"] },
        { "cost lenet5 --runs 3", ["--runs", "'3'", "--predict"] },
        { "cost lenet5 --jacobian los", ["--jacobian", "'los'", "loss"] },
        { "kinks --input 1x28x28", ["--input", "'1x28x28'", "leave it out"] },
        { "kinks --diff jax", ["--diff", "'jax'", "give A B"] },
        { "train lenet5 --rate", ["--rate", "give X"] },
        { "train lenet5 --epochs 0", ["--epochs", "'0'", "give at least 1"] },
        { "train lenet5 --set alfa=1", ["--set", "'alfa=1'", "alpha"] },
        { "kinks --profile jaxx", ["'jaxx'", "jax"] },
        { "audit lenet5 --precision f17", ["--precision", "'f17'", "f16"] },
        { "audit lenet5 --profiles jax,jaxx", ["'jaxx'", "jax"] },
        { "audit lenet5 --training-steps 0 --training-seeds 8", ["--training-seeds", "'8'", "leave it out"] },
        { "audit lenet5 --choice relu-at-zero --profiles jax,warp", ["--profiles", "--choice", "give one of the two"] },
        { "diverge lenet5 --against f31", ["--against", "'f31'", "f32"] },
        { "reproduce --seeds 3", ["--seeds", "'3'", "leave it out"] },
        { "reproduce relu-bugs", ["'relu-bugs'", "relu-bug"] },
        { "reproduce relu-bug --batches 3", ["--batches", "'3'", "leave it out"] },
        { "check --engine libtorch --functions reluu", ["--functions", "'reluu'", "relu"] },
        { "check --engine libtorch --formats f33", ["--formats", "'f33'", "f32"] },
        { "check", ["--engine", "--recording"] },
        { "train lenet5 --timeout 9 --epochs 1 --train-count 64", ["--timeout", "'9'", "one rank", "leave it out"] },
        { "compare lenet5 --processes 1 --timeout 9 --train-count 64", ["--timeout", "'9'", "one rank", "leave it out"] },
        { "audit lenet5 --timeout 9", ["--timeout", "'9'", "one rank", "leave it out"] },
        { "run lenet5 --output logits", ["--output", "'logits'", "'lenet5'", "leave it out"] },
        { "run lenet5 --clip-as relu6", ["--clip-as", "'relu6'", "'lenet5'", "leave it out"] },
        { "export lenet5 x.onnx --fake-quant ste", ["--fake-quant", "'ste'", "'lenet5'", "leave it out"] },
        { "run lenet5 --target y", ["--target", "'y'", "leave it out"] },
        { "run lenet5 --loss msee", ["'msee'", "mse"] },
        { "export lenet5 x.onnx --opset 7", ["--opset", "'7'", "13 to 21"] },
        { "export lenet5 no/such/x.onnx", ["no/such/x.onnx", "make it first"] },
        { "verify model.onnx", ["--against"] },
        { "cluster --processes 0", ["--processes", "'0'", "at least 1"] },
        { "quickstart --seed -1", ["--seed", "'-1'", "whole number"] },
    };

    [Theory]
    [MemberData(nameof(Ours))]
    public void AMistakeIsOneLineThatNamesItAndItsMend(string line, string[] words)
    {
        using var folder = new TemporaryFolder();
        string error = Complaint(folder.Path, line, [1, 2]);
        Assert.All(words, word => Assert.Contains(word, error, StringComparison.Ordinal));
    }

    [Fact]
    public void AtLeastFiftyAreTried() => Assert.True(Ours.Count >= 50);

    /// <summary>Those that others thought of: a line is no mistake where the run begins, as it would end here at once.</summary>
    [Fact]
    public void TheMistakesOfOthersAreToldToo()
    {
        string file = SharedFolder.File("cases", "mistakes.txt");
        var wrong = new List<string>();
        foreach (string line in File.ReadLines(file).Where(l => l.StartsWith("nonsmooth ", StringComparison.Ordinal)))
        {
            using var folder = new TemporaryFolder();
            try
            {
                Complaint(folder.Path, line["nonsmooth ".Length..], [0, 1, 2, ExitCode.Interrupted]);
            }
            catch (Xunit.Sdk.XunitException e)
            {
                wrong.Add($"{line}: {e.Message}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("train lenet5 --rate x", "rate", "x", "give a finite number", 2)]
    [InlineData("cost lenet5 --bach 3", "bach", null, "did you mean --batch?", 2)]
    [InlineData("cost lenet6", "network", "lenet6", "did you mean lenet5?", 2)]
    [InlineData("train lenet5 --data mnist", null, null, null, 1)]
    [InlineData("train lenet5 --tokens 8 --epochs 1 --train-count 64", "tokens", "8", "leave it out", 2)]
    public void WithJsonAnErrorIsAnObjectToo(string line, string? option, string? value, string? mend, int code)
    {
        var run = ToolRun.Of([.. line.Split(' '), "--json"]);
        Assert.Equal(code, run.ExitCode);
        Assert.Equal(code, run.Json.GetProperty("exitCode").GetInt32());
        Assert.Contains(run.Json.GetProperty("error").GetString()!, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal(option, Text("option"));
        Assert.Equal(value, Text("value"));
        Assert.Contains(mend ?? "", Text("mend") ?? "", StringComparison.Ordinal);

        string? Text(string name) => run.Json.TryGetProperty(name, out JsonElement found) ? found.GetString() : null;
    }

    // Work that begins is stopped at once: it was no mistake of the command line.
    private static string Complaint(string folder, string line, int[] codes)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var run = ToolRun.With(context => context with { Folder = folder, Stop = stop.Token }, line.Split(' '));
        Assert.True(codes.Contains(run.ExitCode), $"exit code {run.ExitCode}: {run.Error}");
        if (run.ExitCode is 1 or 2)
        {
            Assert.True(line.Contains("--json", StringComparison.Ordinal) ? run.Json.GetProperty("exitCode").GetInt32() == run.ExitCode : run.Out.Length == 0 || run.ExitCode == 1, run.Out);
            Assert.StartsWith("nonsmooth: ", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("defect", run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        }

        return run.Error;
    }
}

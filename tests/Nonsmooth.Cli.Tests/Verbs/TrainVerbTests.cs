using Nonsmooth.LibTorch.Native;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

[Collection("libtorch")]
public sealed class TrainVerbTests
{
    private static readonly string[] _small =
        ["train", "mlp:784-16-10", "--train-count", "256", "--test-count", "100", "--batch", "32", "--threads", "1"];

    [Fact]
    public void ReportsARun()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.In(folder.Path, [.. _small, "--epochs", "2", "--optimizer", "adamw", "--set", "beta1=0.8", "--schedule", "cosine", "--out", "run", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = run.Json;
        Assert.Equal("mlp:784-16-10", json.GetProperty("network").GetString());
        Assert.Equal("strokes", json.GetProperty("data").GetString());
        Assert.Equal("adamw", json.GetProperty("optimizer").GetString());
        Assert.Equal(2, json.GetProperty("epochs").GetInt32());
        Assert.Equal(16, json.GetProperty("steps").GetInt64());
        Assert.InRange(json.GetProperty("testAccuracy").GetDouble(), 0, 1);
        Assert.True(json.GetProperty("trainLoss").GetDouble() > 0);
        Assert.True(json.GetProperty("seconds").GetDouble() >= 0);
        Assert.All(json.GetProperty("files").EnumerateObject(), file => Assert.True(File.Exists(file.Value.GetString())));
        Assert.StartsWith(Path.Combine(folder.Path, "run"), json.GetProperty("files").GetProperty("metrics").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhereBFloat16IsEmulatedTrainingSaysSoFirst()
    {
        string[] arguments = [.. _small, "--epochs", "1", "--precision"];
        var emulated = Run("bf16", new(false, true));
        Assert.Contains("no instructions for bfloat16", emulated.Error, StringComparison.Ordinal);
        Assert.Contains("--precision f32", emulated.Error, StringComparison.Ordinal);
        Assert.Contains("does without oneDNN", Run("bf16", new(true, false)).Error, StringComparison.Ordinal);
        Assert.Equal("", Run("bf16", new(true, true)).Error);
        Assert.Equal("", Run("f32", new(false, false)).Error);

        ToolRun Run(string precision, BFloat16Support support) => ToolRun.With(context => context with { BFloat16 = () => support }, [.. arguments, precision]);
    }

    [Fact]
    public void StoppedRunSaysHowToResumeAndEndsWithTheSameBits()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = [.. _small, "--epochs", "2", "--out", "stopped run"];
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var stopped = ToolRun.With(context => context with { Folder = folder.Path, Stop = stop.Token }, arguments);
        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        Assert.Contains("go on with: nonsmooth train mlp:784-16-10", stopped.Error, StringComparison.Ordinal);
        Assert.EndsWith("--out \"stopped run\" --resume\n", stopped.Error, StringComparison.Ordinal);

        var again = ToolRun.In(folder.Path, arguments);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);

        var resumed = ToolRun.In(folder.Path, [.. arguments, "--resume", "--json"]);
        var whole = ToolRun.In(folder.Path, [.. _small, "--epochs", "2", "--json"]);
        Assert.Equal((0, 0), (resumed.ExitCode, whole.ExitCode));
        Assert.Equal(whole.Json.GetProperty("trainLoss").GetDouble(), resumed.Json.GetProperty("trainLoss").GetDouble());
    }

    [Fact]
    public void ARunThatEndsEarlyOrSkipsStepsSaysSo()
    {
        using var folder = new TemporaryFolder();
        string[] arguments =
        [
            .. _small, "--epochs", "9", "--accumulate", "2", "--clip", "1", "--schedule", "step:0:1", "--early-stop", "2", "--same-bits", "--precision", "f16",
            "--loss-scale", "dynamic:3", "--out", "run",
        ];
        var run = ToolRun.In(folder.Path, [.. arguments, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(run.Json.GetProperty("stoppedEarly").GetBoolean());
        int epochs = run.Json.GetProperty("epochs").GetInt32();
        Assert.InRange(epochs, 3, 8);
        Assert.True(run.Json.GetProperty("lossScale").GetDouble() > 0);
        Assert.True(run.Json.GetProperty("stepsSkipped").GetInt64() >= 0);
        var again = ToolRun.In(folder.Path, "train", "run/run.json");
        Assert.Contains("It ended early", again.Out, StringComparison.Ordinal);
        Assert.Contains("The loss scale ended at", again.Out, StringComparison.Ordinal);
        Assert.Contains($"after {epochs} epochs", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void AdaptersLearnFromTheWeightsOfARun()
    {
        using var folder = new TemporaryFolder();
        ToolRun.In(folder.Path, [.. _small, "--epochs", "1", "--out", "Base"]);
        var refused = ToolRun.In(folder.Path, [.. _small, "--lora", "2"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("give weights", refused.Error, StringComparison.Ordinal);
        var run = ToolRun.In(folder.Path, [.. _small, "--epochs", "1", "--weights", "Base/best.safetensors", "--lora", "2", "--set", "lora-dropout=0", "--set", "lora-on=fc1", "--out", "Lora", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var file = File.ReadAllText(Path.Combine(folder.Path, "Lora", "run.json"));
        Assert.Contains("\"parameters\": 1600", file, StringComparison.Ordinal);
        var again = ToolRun.In(folder.Path, "train", "Lora/run.json", "--json");
        Assert.Equal(run.Json.GetProperty("trainLoss").GetDouble(), again.Json.GetProperty("trainLoss").GetDouble());
        var missing = ToolRun.In(folder.Path, [.. _small, "--weights", "No.safetensors"]);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains(Path.Combine(folder.Path, "No.safetensors"), missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void DataOfOnesOwnAreFoundFromTheToolsFolder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "Mine.txt"), string.Concat(Enumerable.Repeat("to be or not ", 60)));
        var run = ToolRun.In(folder.Path, "train", "gpt:1-8-2", "--data", "characters:Mine.txt", "--tokens", "8", "--batch", "16", "--epochs", "1", "--threads", "1", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("Mine.txt", run.Json.GetProperty("data").GetString(), StringComparison.Ordinal);
        var missing = ToolRun.In(folder.Path, "train", "lenet5", "--data", "images:None", "--json");
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains(Path.Combine(folder.Path, "None"), missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunsFileRerunsIt()
    {
        using var folder = new TemporaryFolder();
        var first = ToolRun.In(folder.Path, [.. _small, "--epochs", "1", "--crop", "2", "--flip", "--seed", "5", "--set", "alpha=0.2", "--set", "warmup=3", "--schedule", "cosine", "--out", "run", "--json"]);
        var again = ToolRun.In(folder.Path, "train", "run/run.json", "--json");
        Assert.Equal((0, 0, ""), (first.ExitCode, again.ExitCode, again.Error));
        Assert.Equal(first.Json.GetProperty("trainLoss").GetDouble(), again.Json.GetProperty("trainLoss").GetDouble());
        var other = ToolRun.In(folder.Path, "train", "run/run.json", "--seed", "6", "--json");
        Assert.NotEqual(first.Json.GetProperty("trainLoss").GetDouble(), other.Json.GetProperty("trainLoss").GetDouble());
    }

    [Fact]
    public void ARecipeIsChangedByOptionsAndSettings()
    {
        var run = ToolRun.Of("train", "strokes-lenet", "--epochs", "1", "--set", "train-count=130", "--set", "test-count=10", "--set", "beta=0.8", "--threads", "1", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(2, run.Json.GetProperty("steps").GetInt64());
        Assert.InRange(run.Json.GetProperty("waitShare").GetDouble(), 0, 1);
        Assert.False(run.Json.TryGetProperty("perplexity", out _));
    }

    [Fact]
    public void ATextsResultIsInBitsAndPerplexity()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "text"));
        File.WriteAllText(Path.Combine(folder.Path, "text", "tinyshakespeare.txt"), string.Concat(Enumerable.Repeat("to be or not ", 60)));
        string[] arguments = ["train", "gpt:1-8-1", "--data", "shakespeare-char", "--tokens", "16", "--batch", "8", "--epochs", "1", "--data-dir", folder.Path, "--threads", "1"];
        var run = ToolRun.In(folder.Path, [.. arguments, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Math.Pow(2, run.Json.GetProperty("bitsPerToken").GetDouble()), run.Json.GetProperty("perplexity").GetDouble(), 6);
        Assert.Contains("bits a token, a perplexity of", ToolRun.In(folder.Path, arguments).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void AMisspeltKeyIsToldWithItsFileBeforeAnythingIsDone()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "mine.json");
        File.WriteAllText(file, "{ \"network\": \"lenet5\", \"epoch\": 3 }");
        var run = ToolRun.In(folder.Path, "train", "mine.json", "--out", "run");
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"nonsmooth: '{file}' has the key 'epoch', which no recipe has: did you mean epochs?", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "run")));
        Assert.Contains("did you mean mnist-lenet?", ToolRun.Of("train", "mnist-lennet").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TelemetryGoesToTheFolder()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.In(folder.Path, [.. _small, "--epochs", "1", "--telemetry", "3", "--tensorboard", "--out", "run", "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] lines = File.ReadAllLines(run.Json.GetProperty("files").GetProperty("telemetry").GetString()!);
        Assert.Equal(["step", "1", "4", "7"], lines.Select(l => l.Split(',')[0]));
        Assert.All(lines[1..], l => Assert.Equal(["fc1.relu", "512"], l.Split(',')[1..3]));
        Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "run"), "events.out.tfevents.*"));

        foreach (string option in new[] { "--telemetry=3", "--tensorboard" })
        {
            var without = ToolRun.In(folder.Path, [.. _small, option]);
            Assert.Equal(2, without.ExitCode);
            Assert.Contains("give --out DIR", without.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void StoppedRunWithoutAFolderSaysThatNothingIsSaved()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var run = ToolRun.With(context => context with { Stop = stop.Token }, [.. _small, "--json"]);
        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.True(run.Json.GetProperty("interrupted").GetBoolean());
        Assert.Contains("nothing is saved", run.Error, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void ABudgetOfMemoryChangesNoBitAndIsReported()
    {
        string[] arguments = ["train", "resnet18-cifar", "--train-count", "8", "--test-count", "2", "--batch", "8", "--threads", "1", "--epochs", "1"];
        var whole = ToolRun.Of([.. arguments, "--json"]);
        var impossible = ToolRun.Of([.. arguments, "--checkpoint", "1KiB"]);
        Assert.Equal(1, impossible.ExitCode);
        Assert.Contains("no checkpoint plan fits in 1024 bytes: the least achievable peak is ", impossible.Error, StringComparison.Ordinal);
        string least = impossible.Error.Split("the least achievable peak is ")[1].Split(' ')[0];
        var planned = ToolRun.Of([.. arguments, "--checkpoint", least, "--json"]);
        Assert.Equal((0, 0), (whole.ExitCode, planned.ExitCode));
        Assert.Equal(whole.Json.GetProperty("trainLoss").GetDouble(), planned.Json.GetProperty("trainLoss").GetDouble());
        var memory = planned.Json.GetProperty("memory");
        Assert.Equal(least, $"{memory.GetProperty("budget").GetInt64()}");
        Assert.Equal(memory.GetProperty("budget").GetInt64(), memory.GetProperty("peak").GetInt64());
        Assert.True(memory.GetProperty("recomputed").GetInt64() > 0);
        Assert.False(whole.Json.TryGetProperty("memory", out _));
        Assert.Matches("Within .* MiB, loss and gradient hold .* at their peak and compute .* operations of the forward pass again", ToolRun.Of([.. arguments, "--checkpoint", least]).Out.ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData("f64")]
    [InlineData("bf16")]
    [InlineData("f16")]
    public void EveryPrecisionTrains(string precision) =>
        Assert.Equal(0, ToolRun.Of([.. _small, "--epochs", "1", "--precision", precision, "--json"]).ExitCode);

    [Fact]
    public void ProgressIsDrawnOnATerminalOnly()
    {
        var watched = ToolRun.With(context => context with { ErrorIsTerminal = true }, [.. _small, "--epochs", "1", "--json"]);
        Assert.Equal(0, watched.ExitCode);
        Assert.NotEqual("", watched.Error);
        Assert.Equal(1, watched.Json.GetProperty("epochs").GetInt32());
    }

    [Fact]
    public void DivergenceIsFailedWork()
    {
        var run = ToolRun.Of([.. _small, "--optimizer", "sgd", "--rate", "1e30", "--epochs", "3"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("lower the rate", run.Error, StringComparison.Ordinal);
    }
}

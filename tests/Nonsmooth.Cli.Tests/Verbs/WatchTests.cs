using System.Security.Cryptography;
using Nonsmooth.Cli.Tests.Runs;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Verbs;

/// <summary>A run that is watched.</summary>
[Collection("libtorch")]
public sealed class WatchTests
{
    private static readonly string[] _small =
        ["train", "mlp:784-16-10", "--train-count", "512", "--test-count", "100", "--batch", "16", "--threads", "1", "--epochs", "3", "--telemetry", "5", "--out"];

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task HasTheBitsOfOneThatIsNotAndTellsItsAddressOnce(string processes)
    {
        using var folder = new TemporaryFolder();
        string[] line = [.. _small, "RUN", "--shards", "2", "--processes", processes];
        var alone = ToolRun.In(folder.Path, [.. line.Select(w => w == "RUN" ? "alone" : w)]);
        Assert.Equal((0, ""), (alone.ExitCode, alone.Error));
        using var error = new TellingWriter();
        var asking = error.Address.ContinueWith(address => Ask(address.Result), TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
        int code = await Task.Run(() => ToolRun.With(context => context with { Folder = folder.Path, Error = error }, [.. line.Select(w => w == "RUN" ? "watched" : w), "--watch", "--quiet"]).ExitCode, TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        Assert.Equal(Hash("alone"), Hash("watched"));
        Assert.Equal(1, error.Text.Split("http://127.0.0.1:").Length - 1);
        var (pages, last) = await asking;
        Assert.True(pages > 0);
        Assert.Contains("complete", last, StringComparison.Ordinal);

        // The history has times.
        string Hash(string run) => string.Join('\n', SafeTensors.Read(folder.File($"{run}/last.safetensors")).Tensors.Where(t => t.Key != "run.history")
            .Select(t => $"{t.Key} {Convert.ToHexString(SHA256.HashData(t.Value.Bytes.Span))}"));
    }

    [Fact]
    public async Task ARunOfAnotherProcessIsFollowedToItsEnd()
    {
        using var folder = new TemporaryFolder();
        string path = MadeRun.Write(folder, "run", [0.5], status: "running");
        using var error = new TellingWriter();
        Task<ToolRun> report;
        using (FolderLock.Open(path))
        {
            report = Task.Run(() => ToolRun.With(context => context with { Folder = folder.Path, Error = error }, "report", "run", "--watch"), TestContext.Current.CancellationToken);
            using var client = new HttpClient();
            Assert.Contains("is still going: step 2 of 6", await client.GetStringAsync(await error.Address, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            MadeRun.Write(folder, "run", [0.5, 0.7, 0.75]);
            Assert.Contains("75.00", await client.GetStringAsync(await error.Address, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        var run = await report;
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("75.00 % of the test examples", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train lenet5 --watch", "give --out DIR")]
    [InlineData("train lenet5 --out x --watch=99999", "--watch is '99999': give a port from 1 to 65535")]
    [InlineData("train lenet5 --out x --watch=no", "--watch is 'no': give a port")]
    [InlineData("train --watch lenet5 --out x", "give a network: --watch took 'lenet5' for its value, so put --watch at the end")]
    public void MistakesAreToldBeforeAnythingIsDone(string line, string expected)
    {
        var run = ToolRun.Of(line.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists("x"));
    }

    [Fact]
    public void ATakenPortIsOneLine()
    {
        using var folder = new TemporaryFolder();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var run = ToolRun.In(folder.Path, [.. _small, "run", $"--watch={port}"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"port {port} of 127.0.0.1 cannot be had", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.Error.TrimEnd());
    }

    // Asks as a browser does until the server is gone.
    private static async Task<(int Pages, string Last)> Ask(Uri address)
    {
        using var client = new HttpClient();
        var (pages, last) = (0, "");
        while (true)
        {
            try
            {
                last = await client.GetStringAsync(address);
                pages++;
                await Task.Delay(50);
            }
            catch (HttpRequestException)
            {
                return (pages, last);
            }
        }
    }

    private sealed class TellingWriter : StringWriter
    {
        private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Uri> Address => _address.Task;

        public string Text => ToString();

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Split(" at ") is [_, var address] && address.StartsWith("http", StringComparison.Ordinal))
            {
                _address.SetResult(new Uri(address));
            }
        }
    }
}

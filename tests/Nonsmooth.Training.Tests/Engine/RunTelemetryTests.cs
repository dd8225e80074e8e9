using System.Globalization;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Telemetry;
using Nonsmooth.Training.Tests.Telemetry;

namespace Nonsmooth.Training.Tests.Engine;

public class RunTelemetryTests
{
    [Fact]
    public void Ties_are_counted_every_few_steps_and_change_no_bit()
    {
        using var recorder = new Recorder();
        using var folder = new TemporaryRun();
        var options = SmallRun.Options with { TelemetryEverySteps = 12, TensorBoard = true, OutputFolder = folder.Path };
        var (result, parameters) = SmallRun.Train(options, recorder);
        Assert.Equal([1L, 13, 25], recorder.Counts.Select(c => c.Step));
        Assert.All(recorder.Counts, c => Assert.Equal((1, 32 * 16L), (c.Report.Runs, c.Report.Total("relu").Places)));
        Assert.All(recorder.Counts, c => Assert.Null(c.Report.Sites[0].NearTies));
        Assert.All(recorder.Counts, c => Assert.NotNull(c.Report.Sites[0].Active));
        Assert.Equal(SmallRun.Train(SmallRun.Options).Parameters, parameters);

        string[] lines = File.ReadAllLines(result.Files["telemetry"]);
        Assert.Equal("step,site,places,ties,zeros,near,active,least,most,seconds", lines[0]);
        Assert.Equal(recorder.Counts.Select(c => Line(c.Step, c.Report.Sites[0])), lines[1..].Select(l => string.Join(',', l.Split(',')[..^3]) + ","));
        Assert.All(lines[1..], l => Assert.True(Number(l, 7) < 0 && Number(l, 8) > 0, l));
        Assert.All(lines[1..], l => Assert.True(double.Parse(l[(l.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture) > 0));
        Assert.Equal(30, Steps(Assert.Single(Events(folder)), "loss/step"));
        Assert.Equal(3, Steps(Events(folder)[0], "accuracy/test"));
        Assert.Equal(3, Steps(Events(folder)[0], "active/"));
    }

    [Fact]
    public void A_run_that_is_broken_off_and_goes_on_has_each_sample_once()
    {
        using var folder = new TemporaryRun();
        var options = SmallRun.Options with { TelemetryEverySteps = 4, TensorBoard = true, OutputFolder = folder.Path, CheckpointEverySteps = 6 };
        using var recorder = new Recorder { CancelAtStep = 14 };
        SmallRun.Train(options, recorder, recorder.Token);
        string path = Path.Combine(folder.Path, TelemetryFile.Name);

        // As a kill would leave it: a sample that no checkpoint has, and half a line.
        File.AppendAllText(path, "17,fc1.relu,512,0,0,,0,0.1\n21,fc1.re");
        SmallRun.Train(options with { Resume = true });
        Assert.Equal(
            ["step", "1", "5", "9", "13", "17", "21", "25", "29"], File.ReadAllLines(path).Select(l => l.Split(',')[0]));
        Assert.DoesNotContain("17,fc1.relu,512,0,0,,0,0.1", File.ReadAllLines(path));
        Assert.Equal(2, Events(folder).Length);
    }

    [Fact]
    public void A_network_with_buffers_and_shortcuts_has_a_cotangent_at_every_site()
    {
        var network = Models.Find("resnet18-cifar");
        var step = network.Build(2).Step();
        var program = new Nonsmooth.LibTorch.Execution.LibTorchExecutor().Compile(step);
        using (program)
        {
            using var ties = new Reliability.Ties.TieObserver(step, program.Program, Nonsmooth.LibTorch.Execution.Precision.Float32);
            var sites = ties.Report.Sites;
            Assert.Equal(17, sites.Count(s => s.Function == "relu"));
            Assert.All(sites, s => Assert.True(s.Active is not null, s.Site));
        }
    }

    private static double Number(string line, int column) => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture);

    private static string Line(long step, Reliability.Ties.TieCount c) =>
        string.Create(CultureInfo.InvariantCulture, $"{step},{c.Site},{c.Places},{c.Ties},{c.Zeros},,{c.Active},");

    private static string[] Events(TemporaryRun folder) => Directory.GetFiles(folder.Path, "events.out.tfevents.*");

    private static int Steps(string path, string tag) =>
        System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)).Split(tag).Length - 1;
}

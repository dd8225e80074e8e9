using System.CommandLine;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Data;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Optimizers.Schedules;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Trains a network on a data set.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly Argument<string> _network = Parameters.Network();
    private readonly Option<string> _data = NameOf("--data", "Data set (see nonsmooth datasets)", "strokes");
    private readonly Option<string> _optimizer = NameOf("--optimizer", "Optimizer (see nonsmooth optimizers)", "innaprop");
    private readonly Option<string[]> _set = new("--set") { Description = "A setting of the optimizer; may be given several times", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<double?> _rate = Parameters.Number("--rate", "Learning rate [default: the optimizer's own]", least: 0, above: true);
    private readonly Option<int> _epochs = Parameters.Whole("--epochs", "Passes over the training half", fallback: 5, least: 1);
    private readonly Option<int> _batch = Parameters.Whole("--batch", "Examples in a step", fallback: 128, least: 1);
    private readonly Option<ulong> _seed = Parameters.Seed();
    private readonly Option<Precision> _precision = Parameters.Choice(
        "--precision", "Format of the arithmetic", [.. Precisions.All.Select(p => (p.Name(), p))]);

    private readonly Option<long?> _checkpoint = Parameters.Size(
        "--checkpoint", "Keep loss and gradient within this much memory by computing parts of the forward pass again, with the same bits");

    private readonly Option<ScheduleKind> _schedule = Parameters.Choice(
        "--schedule", "How the rate moves", ("constant", ScheduleKind.Constant), ("cosine", ScheduleKind.Cosine));

    private readonly Option<string?> _out = new("--out") { Description = "Folder for checkpoints and metrics [default: none is written]", HelpName = "DIR" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the run in the --out folder, if there is one" };
    private readonly Option<string?> _dataFolder = Parameters.DataFolder();
    private readonly Option<int?> _trainCount = Parameters.Whole("--train-count", "Training examples [default: all, or what a made data set calls its default]", least: 1);
    private readonly Option<int?> _testCount = Parameters.Whole("--test-count", "Test examples, likewise", least: 1);
    private readonly Option<int> _checkpoints = Parameters.Whole("--checkpoint-every", "Steps between checkpoints; 0 for one after each epoch", fallback: 0, least: 0);
    private readonly Option<int> _telemetry = Parameters.Whole("--telemetry", "Steps between counts of ties, written to telemetry.csv in the --out folder; 0 for none", fallback: 0, least: 0);
    private readonly Option<bool> _tensorBoard = new("--tensorboard") { Description = "Also write loss, accuracy and tie counts to an event file for TensorBoard in the --out folder" };
    private readonly Option<int> _threads = Parameters.Whole("--threads", "Threads; 0 for libtorch's own choice", fallback: 0, least: 0);

    public TrainVerb()
        : base(
            "train",
            "Train a network on a data set",
            "nonsmooth train lenet5 --data strokes --optimizer innaprop --set alpha=0.1 --set beta=0.9 --epochs 3 --out runs/lenet",
            "nonsmooth train resnet18-cifar --train-count 1024 --epochs 1 --checkpoint 300MiB",
            "nonsmooth train mlp:784-128-10 --data mnist --data-dir ~/data --schedule cosine --json")
    {
        Arguments.Add(_network);
        foreach (Option option in (Option[])
            [
                _data, _optimizer, _set, _rate, _epochs, _batch, _seed, _precision, _checkpoint, _schedule, _out, _resume, _dataFolder,
                _trainCount, _testCount, _checkpoints, _telemetry, _tensorBoard, _threads,
            ])
        {
            Options.Add(option);
        }
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        var options = Read(parsed, session.Context);
        var (result, notices) = ProgressBar.During(session.Context, "preparing", bar =>
        {
            var observer = new BarObserver(bar, $"{options.Network.Name} with {options.OptimizerName}");
            using var trainer = new Trainer(options, observer, session.Context.Time);
            return (trainer.Run(session.Context.Stop), observer.Notices);
        });
        foreach (string notice in notices)
        {
            session.Note(notice);
        }

        session.Print(TrainReport.Of(result), TrainPage.Show);
        if (result.Interrupted)
        {
            session.Note(TrainPage.HowToResume(parsed, options, result));
        }

        return result.Interrupted ? ExitCode.Failed : ExitCode.Done;
    }

    private static Option<string> NameOf(string name, string description, string fallback) =>
        new(name) { Description = description, HelpName = "NAME", DefaultValueFactory = _ => fallback };

    private TrainingOptions Read(ParseResult parsed, ToolContext context)
    {
        var row = Request.Dataset(parsed.GetRequiredValue(_data));
        var entry = Request.Optimizer(parsed.GetRequiredValue(_optimizer));
        var optimizer = Request.Configure(entry, parsed.GetRequiredValue(_set));
        double rate = parsed.GetValue(_rate) ?? entry.DefaultRate;
        string? folder = parsed.GetValue(_out);
        bool resume = parsed.GetValue(_resume);
        string name = parsed.GetRequiredValue(_network);
        UsageException.Read(() =>
        {
            optimizer.ValidateRate(rate);
            return true;
        });
        if (resume && folder is null)
        {
            throw new UsageException("--resume needs the folder of the run: give --out DIR");
        }

        if (folder is { Length: 0 })
        {
            throw new UsageException("--out is empty: give a folder");
        }

        if (folder is null && (parsed.GetValue(_telemetry) > 0 || parsed.GetValue(_tensorBoard)))
        {
            throw new UsageException("--telemetry and --tensorboard write to the run's folder: give --out DIR");
        }

        Parameters.FindNetwork(name);
        var data = row.Load(new DatasetOptions
        {
            Locations = context.Data with { Option = parsed.GetValue(_dataFolder) ?? context.Data.Option },
            Seed = parsed.GetValue(_seed),
            TrainCount = parsed.GetValue(_trainCount),
            TestCount = parsed.GetValue(_testCount),
        });
        int batch = parsed.GetValue(_batch);
        int epochs = parsed.GetValue(_epochs);
        long steps = (long)epochs * Math.Max(1, data.Train.Count / batch);
        return new TrainingOptions
        {
            Network = Parameters.FindNetwork(name, data.Shape, data.ClassCount),
            Dataset = data,
            OptimizerName = entry.Name,
            Optimizer = optimizer,
            Rate = rate,
            Schedule = parsed.GetValue(_schedule) == ScheduleKind.Cosine ? new CosineRate(rate, steps) : null,
            BatchSize = batch,
            Epochs = epochs,
            Seed = parsed.GetValue(_seed),
            Precision = parsed.GetValue(_precision),
            MemoryBudget = parsed.GetValue(_checkpoint),
            OutputFolder = folder is null ? null : Path.GetFullPath(folder, context.Folder),
            Resume = resume,
            CheckpointEverySteps = parsed.GetValue(_checkpoints),
            TelemetryEverySteps = parsed.GetValue(_telemetry),
            TensorBoard = parsed.GetValue(_tensorBoard),
            Threads = parsed.GetValue(_threads),
        };
    }
}

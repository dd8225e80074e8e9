using System.CommandLine;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Trains a network on a data set.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly Argument<string> _network = new("network")
    {
        Description = "A network by name (see nonsmooth networks), a recipe (see nonsmooth recipes), or the file of one, as a run's run.json",
        HelpName = "NETWORK",
    };

    private readonly Option<string> _data = NameOf("--data", "Data set (see nonsmooth datasets)", "strokes");
    private readonly Option<string> _optimizer = NameOf("--optimizer", "Optimizer (see nonsmooth optimizers)", "innaprop");
    private readonly Option<string[]> _set = new("--set") { Description = "A setting of the optimizer, or a key of a recipe; may be given several times", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _weights = new("--weights") { Description = "Weights to start from: a checkpoint, or a safetensors file of the network's names or of its published ones", HelpName = "FILE" };
    private readonly Option<int?> _lora = Parameters.Whole("--lora", "Train adapters of this rank on the linear layers, and nothing else; needs --weights", least: 1);
    private readonly Option<int?> _imageSize = Parameters.Whole("--image-size", "Rows and columns of the images of a folder [default: 224]", least: 1);
    private readonly Option<double?> _rate = Parameters.Number("--rate", "Learning rate [default: the optimizer's own]", least: 0, above: true);
    private readonly Option<int> _epochs = Parameters.Whole("--epochs", "Passes over the training half", fallback: 5, least: 1);
    private readonly Option<int> _batch = Parameters.Whole("--batch", "Examples in a batch", fallback: 128, least: 1);
    private readonly Option<ulong> _seed = Parameters.Seed();
    private readonly Option<Precision> _precision = Parameters.Choice(
        "--precision", "Format of the arithmetic", [.. Precisions.All.Select(p => (p.Name(), p))]);

    private readonly Option<long?> _checkpoint = Parameters.Size(
        "--checkpoint", "Keep loss and gradient within this much memory by computing parts of the forward pass again, with the same bits");

    private readonly Option<string?> _schedule = Parameters.Key(
        "schedule",
        $"How the rate moves: {ScheduleShape.Help}; FINAL is a share of the rate, EVERY and DECAY are steps or, below 1, a share of the run [default: constant]",
        "SCHEDULE",
        ScheduleShape.Names);

    private readonly Option<int> _warmup = Parameters.Whole("--warmup", "Steps in which the rate rises from 0", fallback: 0, least: 0);
    private readonly Option<string?> _accumulate = Parameters.Key("accumulate", "Batches in a step, which takes the mean of their gradients [default: 1]", "N");
    private readonly Option<string?> _clip = Parameters.Key("clip", "Shorten gradients, all of them together, to this norm", "X");
    private readonly Option<string?> _lossScale = Parameters.Key(
        "loss-scale", $"What the gradient is multiplied by while it is computed: {LossScale.Help} [default: dynamic in f16, else none]", "SCALE");

    private readonly Option<string?> _earlyStop = Parameters.Key("early-stop", "End after so many epochs without a better test accuracy, or with loss:N test loss", "N");
    private readonly Option<bool> _sameBits = new("--same-bits") { Description = "The same bits for any number of threads: libtorch takes one, the library's own kernels all" };
    private readonly Option<int?> _tokens = Parameters.Whole("--tokens", "Tokens in an example of a text [default: as many as the network usually takes]", least: 1);
    private readonly Option<int> _crop = Parameters.Whole("--crop", "Cut each training image, padded by so many pixels, at random", fallback: 0, least: 0);
    private readonly Option<bool> _flip = new("--flip") { Description = "Mirror half of the training images" };

    private readonly Option<string?> _out = new("--out") { Description = "Folder for checkpoints and metrics [default: none is written]", HelpName = "DIR" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the run in the --out folder, if there is one" };
    private readonly Option<string?> _dataFolder = Parameters.DataFolder();
    private readonly Option<int?> _trainCount = Parameters.Whole("--train-count", "Training examples [default: all, or what a made data set calls its default]", least: 1);
    private readonly Option<int?> _testCount = Parameters.Whole("--test-count", "Test examples, likewise", least: 1);
    private readonly Option<int> _checkpoints = Parameters.Whole("--checkpoint-every", "Steps between checkpoints; 0 for one after each epoch", fallback: 0, least: 0);
    private readonly Option<int> _telemetry = Parameters.Whole("--telemetry", "Steps between counts of ties, written to telemetry.csv in the --out folder; 0 for none", fallback: 0, least: 0);
    private readonly Option<bool> _tensorBoard = new("--tensorboard") { Description = "Also write loss, accuracy and tie counts to an event file for TensorBoard in the --out folder" };
    private readonly Option<Device> _device = Parameters.Device();
    private readonly Option<int> _threads = Parameters.Whole("--threads", "Threads; 0 for libtorch's own choice", fallback: 0, least: 0);

    public TrainVerb()
        : base(
            "train",
            "Train a network on a data set",
            "nonsmooth train strokes-lenet --set epochs=2",
            "nonsmooth train gpt:4-128-4 --data shakespeare-char --tokens 128 --batch 32 --out runs/text",
            "nonsmooth train lenet5 --data strokes --optimizer innaprop --set alpha=0.1 --set beta=0.9 --epochs 3 --out runs/lenet",
            "nonsmooth train resnet18-cifar --train-count 1024 --epochs 1 --checkpoint 300MiB",
            "nonsmooth train mlp:784-128-10 --data mnist --data-dir ~/data --schedule cosine --json")
    {
        Arguments.Add(_network);
        foreach (Option option in (Option[])
            [
                _data, _imageSize, _weights, _lora, _optimizer, _set, _rate, _epochs, _batch, _seed, _precision, _checkpoint, _schedule, _warmup, _accumulate, _clip, _lossScale, _earlyStop, _tokens, _crop, _flip, _out, _resume, _dataFolder,
                _trainCount, _testCount, _checkpoints, _telemetry, _tensorBoard, _device, _threads, _sameBits,
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
            using var training = new TrainingRun(options, observer, session.Context.Time);
            return (training.Train(session.Context.Stop), observer.Notices);
        });
        foreach (string notice in notices)
        {
            session.Note(notice);
        }

        session.Print(TrainDocument.Of(TrainReport.Of(result)));
        if (result.Interrupted)
        {
            session.Note(TrainDocument.HowToResume(parsed, options, result));
        }

        return result.Interrupted ? ExitCode.Failed : ExitCode.Done;
    }

    private static Option<string> NameOf(string name, string description, string fallback) =>
        new(name) { Description = description, HelpName = "NAME", DefaultValueFactory = _ => fallback };

    /// <summary>The recipe or network that is named, changed by the options and settings that are given.</summary>
    private Recipe Recipe(ParseResult parsed, ToolContext context)
    {
        (Option Option, string Key)[] keys =
        [
            (_data, "data"), (_imageSize, "image-size"), (_weights, "weights"), (_lora, "lora"), (_tokens, "tokens"), (_trainCount, "train-count"), (_testCount, "test-count"), (_crop, "crop"), (_flip, "flip"), (_optimizer, "optimizer"), (_rate, "rate"),
            (_schedule, "schedule"), (_warmup, "warmup"), (_accumulate, "accumulate"), (_clip, "clip"), (_lossScale, "loss-scale"), (_earlyStop, "early-stop"),
            (_batch, "batch"), (_epochs, "epochs"), (_seed, "seed"), (_precision, "precision"), (_device, "device"), (_threads, "threads"),
            (_sameBits, "same-bits"),
        ];
        var recipe = Request.Recipe(parsed.GetRequiredValue(_network), context);
        return Request.Located(Request.Set(Request.Given(recipe, parsed, keys), parsed.GetRequiredValue(_set)), context.Folder);
    }

    private TrainingOptions Read(ParseResult parsed, ToolContext context)
    {
        string? folder = parsed.GetValue(_out);
        bool resume = parsed.GetValue(_resume);
        var recipe = Recipe(parsed, context);
        UsageException.Read(() =>
        {
            var entry = Request.Optimizer(recipe.Optimizer);
            entry.Configure(recipe.Settings).ValidateRate(recipe.Rate ?? entry.DefaultRate);
            return true;
        });
        bool rated = parsed.GetResult(_rate) is { Implicit: false } || parsed.GetRequiredValue(_set).Any(text => text.StartsWith("rate=", StringComparison.Ordinal));
        if (rated && ScheduleShape.HasOwnRates(recipe.Schedule))
        {
            throw new UsageException($"--rate would change nothing, for schedule '{recipe.Schedule}' has rates of its own: leave it out, or give --schedule as {ScheduleShape.Shapes}");
        }

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

        Request.Dataset(recipe);
        Parameters.FindNetwork(recipe.Network);
        var data = recipe.Load(context.Data with { Option = parsed.GetValue(_dataFolder) ?? context.Data.Option });
        return UsageException.Read(() => recipe.Options(data)) with
        {
            MemoryBudget = parsed.GetValue(_checkpoint),
            OutputFolder = folder is null ? null : Path.GetFullPath(folder, context.Folder),
            Resume = resume,
            CheckpointEverySteps = parsed.GetValue(_checkpoints),
            TelemetryEverySteps = parsed.GetValue(_telemetry),
            TensorBoard = parsed.GetValue(_tensorBoard),
        };
    }
}

using System.CommandLine;
using Nonsmooth.Cli.Live;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Runs;
using Nonsmooth.Cli.Training;
using Nonsmooth.Cluster;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Training.Running;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Trains a network on a data set.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly Argument<string> _network = new Argument<string>("network")
    {
        Description = "A network by name (see nonsmooth networks), a recipe (see nonsmooth recipes), or the file of one, as a run's run.json",
        HelpName = "NETWORK",
    }.Completed(Parameters.Recipes);

    private readonly SettingOptions _recipe = new(TrainingSettings.OfRecipe.Where(s => s.Key != "network"));
    private readonly SettingOptions _run = new(TrainingSettings.OfRun);
    private readonly Option<string[]> _set = new Option<string[]>("--set") { Description = "A setting of the optimizer, or a key of a recipe; may be given several times", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] }.Completed(Parameters.Keys);
    private readonly Option<string?> _dataFolder = Parameters.DataFolder();
    private readonly RankOptions _ranks = new();
    private readonly WatchOption _watch = new("Serve a page that follows the run on 127.0.0.1, at this port or a free one; its address is told, and it reads the --out folder");

    public TrainVerb()
        : base(
            "train",
            "Train a network on a data set",
            "nonsmooth train strokes-lenet --set epochs=2",
            "nonsmooth train gpt:4-128-4 --data shakespeare-char --tokens 128 --batch 32 --out runs/text",
            "nonsmooth train lenet5 --data strokes --optimizer innaprop --set alpha=0.1 --set beta=0.9 --epochs 3 --out runs/lenet",
            "nonsmooth train resnet18-cifar --train-count 1024 --epochs 1 --checkpoint 300MiB",
            "nonsmooth train lenet5 --processes 2 --epochs 1",
            "nonsmooth train lenet5 --out runs/lenet --telemetry 10 --watch",
            "nonsmooth train mlp:784-128-10 --data mnist --data-dir ~/data --schedule cosine --json")
    {
        Arguments.Add(_network);
        foreach (var option in _recipe.All.Append(_set).Concat(_run.All).Append(_dataFolder))
        {
            Options.Add(option);
        }

        _ranks.AddTo(this);
        Options.Add(_watch.Option);
    }

    protected override bool IsOverRanks => true;

    protected override int Run(ParseResult parsed, Session session)
    {
        var (options, trained) = Read(parsed, session.Context);
        int? port = _watch.Port(parsed);
        if (port is not null && options.OutputFolder is null)
        {
            throw new UsageException("--watch shows what is in the run's folder: give --out DIR");
        }

        return _ranks.Run(parsed, session, (ranks, own) => Run(parsed, own, options, trained, ranks, own.IsFirst ? port : null));
    }

    private static int Run(ParseResult parsed, Session session, TrainingOptions options, TrainedFile? trained, ICommunicator ranks, int? port)
    {
        using var watch = port is { } any ? new RunWatch([options.OutputFolder!], $"nonsmooth report {options.OutputFolder}", () => session.Origin(parsed, options.Seed), any) : null;
        watch?.Tell(session.Context.Error);
        if (session.IsFirst && options is { Precision: Precision.BFloat16, Device.Kind: DeviceKind.Cpu } && session.Context.BFloat16().Warning is { } warning)
        {
            session.Note(warning);
        }

        var (result, notices) = ProgressBar.During(session.Context, "preparing", bar =>
        {
            string title = $"{options.Network.Name} with {options.OptimizerName}";
            var observer = session.Context.Launch.Launcher is null ? new BarObserver(bar, title, session.Detail) : new LineObserver(bar, title, session.Note, session.Context.Time);
            using var training = new TrainingRun(options, observer, session.Context.Time, ranks: ranks);
            return (training.Train(session.Context.Stop), observer.Notices);
        });
        foreach (string notice in notices)
        {
            session.Note(notice);
        }

        session.Print(TrainDocument.Of(TrainReport.Of(result)));
        if (!session.IsFirst)
        {
            return ExitCode.Done;
        }

        if (!result.Interrupted && options.Adapter is null && trained is not null && result.Weights is { } checkpoint)
        {
            TrainedFile.Write(options.Network, checkpoint, trained.Path);
            session.Note($"wrote {trained.Path}, the model with the weights of {Path.GetFileName(checkpoint)}");
        }

        if (!result.Interrupted && options.Adapter is { } adapter && options.OutputFolder is { } folder && result.Weights is { } weights)
        {
            TrainedFile.Write(options.Network.Name, adapter, weights, folder);
            session.Note($"wrote the adapter to {folder}, with the weights of {Path.GetFileName(weights)}");
        }

        if (result.Interrupted)
        {
            session.Note(TrainDocument.HowToResume(parsed, options, result));
        }

        return result.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>The recipe or network that is named, changed by the options and settings that are given.</summary>
    private Recipe Recipe(ParseResult parsed, ToolContext context)
    {
        var recipe = Request.Recipe(parsed.GetRequiredValue(_network), context);
        return Request.Located(Request.Set(Request.Given(recipe, parsed, _recipe), parsed.GetRequiredValue(_set)), context.Folder);
    }

    private (TrainingOptions Options, TrainedFile? Trained) Read(ParseResult parsed, ToolContext context)
    {
        var recipe = Recipe(parsed, context);
        var given = _run.Given(parsed).ToDictionary(g => g.Setting.Key, g => g.Text);
        string? folder = given.GetValueOrDefault("out");
        if (folder is null && given.ContainsKey("resume"))
        {
            throw new UsageException("--resume needs the folder of the run: give --out DIR");
        }

        if (folder is null && (given.ContainsKey("tensorboard") || given.GetValueOrDefault("telemetry", "0") != "0"))
        {
            throw new UsageException(given.GetValueOrDefault("telemetry", "0") is not "0" and var every
                ? $"--telemetry is '{every}' and its counts go to the run's folder: give --out DIR"
                : "--tensorboard writes to the run's folder: give --out DIR");
        }

        UsageException.Read(() =>
        {
            var entry = Request.Optimizer(recipe.Optimizer);
            entry.Configure(recipe.Settings).ValidateRate(recipe.Rate ?? entry.DefaultRate);
            return true;
        });
        bool rated = _recipe.Given(parsed).Any(g => g.Setting.Key == "rate") || parsed.GetRequiredValue(_set).Any(text => text.StartsWith("rate=", StringComparison.Ordinal));
        if (rated && ScheduleShape.HasOwnRates(recipe.Schedule))
        {
            throw new UsageException($"--rate would change nothing, for schedule '{recipe.Schedule}' has rates of its own: leave it out, or give --schedule as {ScheduleShape.Shapes}");
        }

        if (recipe.Epochs == 0)
        {
            throw new UsageException("--epochs is '0' and would train nothing: give at least 1");
        }

        Request.CanRun(recipe.Network);
        string? output = folder is null ? null : Path.GetFullPath(folder, context.Folder);
        var trained = UsageException.Read(() => TrainedFile.Of(recipe.Network, output, recipe.ReplaceHead > 0));
        if (folder is null && given.TryGetValue("checkpoint-every", out string? steps))
        {
            throw new UsageException($"--checkpoint-every is '{steps}' and checkpoints go to the run's folder: give --out DIR");
        }

        var data = Request.Load(
            recipe, [.. _recipe.Given(parsed).Concat(_run.Given(parsed)).Select(g => (g.Setting.Key, g.Text)), .. Request.Pairs(parsed.GetRequiredValue(_set))], parsed, _dataFolder, context);
        return (_run.Apply(parsed, UsageException.Read(() => recipe.Options(data))) with { OutputFolder = trained?.Run ?? output }, trained);
    }
}

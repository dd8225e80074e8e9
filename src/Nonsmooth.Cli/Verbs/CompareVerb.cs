using System.CommandLine;
using Nonsmooth.Cli.Comparisons;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Options;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.Cluster;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Compares optimizers, each tuned under the same budget.</summary>
internal sealed class CompareVerb : Verb
{
    private readonly Argument<string> _recipe = new Argument<string>("recipe")
    {
        Description = "A recipe (see nonsmooth recipes), the file of one, or a network by name",
        HelpName = "RECIPE",
    }.Completed(Parameters.Recipes);

    private readonly Option<string[]> _optimizers = new Option<string[]>("--optimizers")
    {
        Description = "Who competes, joined by commas: NAME or NAME:key=value+key=value, a name of nonsmooth optimizers or "
            + $"{FromAdamWContender.Name}; may be given several times [default: {string.Join(',', ContenderText.Usual)}]",
        HelpName = "LIST",
        DefaultValueFactory = _ => [],
    }.Completed(() => ContenderText.Names);

    private readonly Option<string[]> _set = new Option<string[]>("--set") { Description = "A key of the recipe, as epochs=2; may be given several times", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] }.Completed(Parameters.Keys);
    private readonly SettingOptions _settings = new(ComparisonOptions.All);
    private readonly SettingOptions _ofRecipe = new(TrainingSettings.OfRecipe.Where(s => s.Key is "data" or "epochs" or "train-count" or "test-count" or "seed" or "threads" || ModelFileSettings.Has(s.Key)), "the recipe's");
    private readonly Option<string?> _dataFolder = Parameters.DataFolder();
    private readonly Option<string?> _report = new("--report") { Description = "Write one HTML file with curves", HelpName = "FILE.html" };
    private readonly RankOptions _ranks = new(note: RankOptions.OneThreadEach);
    private readonly Option<bool> _dry = new("--dry-run") { Description = "Say what would be done, and do nothing" };

    public CompareVerb()
        : base(
            "compare",
            "Compare optimizers, each tuned under the same budget, and say which differences are noise",
            "nonsmooth compare strokes-lenet --epochs 1 --seeds 6 --trials 3",
            "nonsmooth compare mnist-lenet --optimizers innaprop:alpha=2+beta=2,innaprop-from-adamw,din-adamw:kappa=0.2,adamw --out runs/mnist --report compare.html",
            "nonsmooth compare mlp:784-64-10 --optimizers sgd,muon,adamw --budget 2000 --json")
    {
        Arguments.Add(_recipe);
        foreach (Option option in (Option[])[_optimizers, .. _settings.All, _set, .. _ofRecipe.All, _dataFolder, _report, _dry])
        {
            Options.Add(option);
        }

        _ranks.AddTo(this);
    }

    protected override bool IsOverRanks => true;

    protected override int Run(ParseResult parsed, Session session)
    {
        session.CheckFolder(parsed.GetValue(_report));
        var options = new OnePerRank<ComparisonOptions>(() => Read(parsed, session.Context));
        return _ranks.Share(parsed, session, (queue, own) => Run(parsed, own, options.Take(), queue));
    }

    private int Run(ParseResult parsed, Session session, ComparisonOptions options, WorkQueue queue)
    {
        if (parsed.GetValue(_dry))
        {
            var plan = Made(options).Plan;
            session.Print(new Document(plan).Say(CompareWords.Plan(plan)));
            return ExitCode.Done;
        }

        if (session.Context.ErrorIsTerminal)
        {
            CompareWords.Plan(Made(options).Plan).ToList().ForEach(session.Note);
        }

        var (report, notices) = ProgressBar.During(session.Context, "preparing", bar =>
        {
            var observer = new CompareObserver(bar);
            return (Made(options, observer, session.Context.Time).Run(queue, session.Context.Stop), observer.Notices);
        }, isLogged: true);
        foreach (string notice in notices)
        {
            session.Note(notice);
        }

        var sheet = CompareSheet.Of(options.Recipe.Model(options.Dataset.Examples).Name, options.Dataset.Name, report, Request.CommandLine(parsed));
        var document = CompareDocument.Of(sheet);
        session.Print(document);
        session.WritePage(parsed.GetValue(_report), document, parsed, options.Recipe.Seed);
        if (report.Interrupted)
        {
            session.Note(options.Folder is null
                ? "interrupted; nothing is kept, for there is no --out folder"
                : $"interrupted; finished runs are kept, go on with: {sheet.Rerun}");
        }

        return report.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    // What the options say is checked there, before any work.
    private static Comparison Made(ComparisonOptions options, CompareObserver? observer = null, TimeProvider? time = null) =>
        UsageException.Read(() => new Comparison(options, observer, time));

    private ComparisonOptions Read(ParseResult parsed, ToolContext context)
    {
        string[] named = [.. parsed.GetRequiredValue(_optimizers).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        var recipe = Recipe(parsed, context);
        var contenders = (named.Length > 0 ? named : ContenderText.Usual).Select(Request.Contender).ToList();
        var options = _settings.Apply(parsed, new ComparisonOptions
        {
            Recipe = recipe,
            Dataset = Request.Load(recipe, [.. _ofRecipe.Given(parsed).Select(g => (g.Setting.Key, g.Text)), .. Request.Pairs(parsed.GetRequiredValue(_set))], parsed, _dataFolder, context),
            Contenders = contenders,
        });
        Idle.Check(parsed, options.Trials > 1, "one rate is tried", _settings.All.Where(o => o.Name == "--factor"));
        return options with { Folder = options.Folder is { } folder ? Path.GetFullPath(folder, context.Folder) : null };
    }

    /// <summary>The recipe that is named, changed by what is given; optimizer and rate are the contenders'.</summary>
    private Recipe Recipe(ParseResult parsed, ToolContext context)
    {
        string[] settings = parsed.GetRequiredValue(_set);
        foreach (string text in settings)
        {
            string key = text.Split('=')[0];
            if (key is "optimizer" or "rate" || !TrainingSettings.OfRecipe.Any(s => s.Key == key) || !text.Contains('=', StringComparison.Ordinal))
            {
                throw new UsageException(
                    $"--set is '{text}': give key=value with a key of the recipe (nonsmooth recipes), but for optimizer and rate, which are the contenders'; settings of an optimizer go to --optimizers{Nearest.Question(key, TrainingSettings.OfRecipe.Select(s => s.Key).Except(["optimizer", "rate"]))}");
            }
        }

        var recipe = Request.Located(Request.Set(Request.Given(Request.Recipe(parsed.GetRequiredValue(_recipe), context), parsed, _ofRecipe), settings), context.Folder);
        Request.CanRun(recipe.Network);
        return recipe;
    }
}

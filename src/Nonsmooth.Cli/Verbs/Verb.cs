using System.CommandLine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Verbs;

/// <summary>One verb of the tool: its options, its work, and its result in two forms.</summary>
internal abstract class Verb : Command
{
    // The short forms of the usual options, the same in every verb.
    private static readonly Dictionary<string, string> _shorts = new(StringComparer.Ordinal)
    {
        ["--out"] = "-o", ["--batch"] = "-b", ["--epochs"] = "-e", ["--set"] = "-s", ["--data"] = "-d", ["--precision"] = "-p", ["--rate"] = "-r",
        ["--json"] = "-j", ["--quiet"] = "-q", ["--verbose"] = "-v",
    };

    private static readonly (string Name, Func<Verb> Make)[] _table =
    [
        ("quickstart", static () => new QuickstartVerb()),
        ("train", static () => new TrainVerb()),
        ("compare", static () => new CompareVerb()),
        ("report", static () => new ReportVerb()),
        ("cost", static () => new CostVerb()),
        ("audit", static () => new AuditVerb()),
        ("diverge", static () => new DivergeVerb()),
        ("kinks", static () => new KinksVerb()),
        ("check", static () => new CheckVerb()),
        ("atlas", static () => new AtlasVerb()),
        ("run", static () => new RunVerb()),
        ("verify", static () => new VerifyVerb()),
        ("export", static () => new ExportVerb()),
        ("models", static () => new ModelsVerb()),
        ("reproduce", static () => new ReproduceVerb()),
        ("networks", static () => new NetworksVerb()),
        ("datasets", static () => new DatasetsVerb()),
        ("recipes", static () => new RecipesVerb()),
        ("optimizers", static () => new OptimizersVerb()),
        ("solutions", static () => new SolutionsVerb()),
        ("cluster", static () => new ClusterVerb()),
        ("completion", static () => new CompletionVerb()),
        ("help", static () => new HelpVerb()),
        ("version", static () => new VersionVerb()),
    ];

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output, and nothing else there; an error is one too" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing beside the result: no notes, no progress, errors alone" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Say more beside the result: the machine, each epoch, time and memory, what an error came from" };

    private readonly Option<string[]> _assembly = new("--assembly")
    {
        Description = "Add the networks, data sets, optimizers and recipes of your own assembly; may be given several times",
        HelpName = "FILE.dll",
        DefaultValueFactory = _ => [],
    };

    protected Verb(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
    }

    /// <summary>Every verb's name, in the order of the help.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _table.Select(row => row.Name)];

    /// <summary>Every verb, in that order.</summary>
    public static IReadOnlyList<Verb> All => [.. _table.Select(row => row.Make())];

    /// <summary>The verb of a name; null where there is none. Verbs take time to make, and a command line has one.</summary>
    public static Verb? TryFind(string name) => Array.Find(_table, row => row.Name == name).Make?.Invoke();

    /// <summary>Command lines that work.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Whether it looks at all the others, which are made only then.</summary>
    public virtual bool IsOfAll => false;

    /// <summary>Whether it divides its work over the processes of a launcher of MPI.</summary>
    protected virtual bool IsOverRanks => false;

    /// <summary>Ties the verb to a world.</summary>
    public void Bind(ToolContext context)
    {
        foreach (Option option in (Option[])[_json, _quiet, _verbose, _assembly])
        {
            Options.Add(option);
        }

        foreach (var option in Options)
        {
            if (_shorts.TryGetValue(option.Name, out string? brief) && !option.Aliases.Contains(brief))
            {
                option.Aliases.Add(brief);
            }
        }

        SetAction(parsed =>
        {
            if (!IsOverRanks && context.Launch is { Launcher: { } launcher, Size: > 1 and var size })
            {
                throw new UsageException($"{launcher} started {size} processes, and {Name} would do the same in each: start it without (docs/cluster.md)");
            }

            var session = Told(parsed, context);
            foreach (string file in parsed.GetRequiredValue(_assembly))
            {
                UsageException.Read(() => ModelAssembly.Load(Path.GetFullPath(file, context.Folder))).RegisterModels();
            }

            return session.Timed(() => Run(parsed, session));
        });
    }

    private Session Told(ParseResult parsed, ToolContext context)
    {
        bool quiet = parsed.GetValue(_quiet), verbose = parsed.GetValue(_verbose), json = parsed.GetValue(_json);
        return verbose && (quiet || json)
            ? throw new UsageException($"--verbose is for a person who watches, {(quiet ? "--quiet for one who does not" : "--json for a program")}: give one of the two")
            : new Session(quiet ? context with { ErrorIsTerminal = false } : context, json) { Quiet = quiet, Verbose = verbose };
    }

    /// <summary>Does the work.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    protected abstract int Run(ParseResult parsed, Session session);
}

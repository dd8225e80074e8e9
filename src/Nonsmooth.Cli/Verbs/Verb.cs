using System.CommandLine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Verbs;

/// <summary>One verb of the tool: its options, its work, and its result in two forms.</summary>
internal abstract class Verb : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on standard output, and nothing else there" };

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

    /// <summary>Every verb, in the order of the help.</summary>
    public static IReadOnlyList<Verb> All =>
    [
        new QuickstartVerb(),
        new TrainVerb(),
        new CompareVerb(),
        new CostVerb(),
        new AuditVerb(),
        new DivergeVerb(),
        new KinksVerb(),
        new CheckVerb(),
        new AtlasVerb(),
        new RunVerb(),
        new VerifyVerb(),
        new ExportVerb(),
        new ModelsVerb(),
        new ReproduceVerb(),
        new NetworksVerb(),
        new DatasetsVerb(),
        new RecipesVerb(),
        new OptimizersVerb(),
        new SolutionsVerb(),
        new ClusterVerb(),
    ];

    /// <summary>Command lines that work.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Whether it divides its work over the processes of a launcher of MPI.</summary>
    protected virtual bool IsOverRanks => false;

    /// <summary>Ties the verb to a world.</summary>
    public void Bind(ToolContext context)
    {
        Options.Add(_json);
        Options.Add(_assembly);
        SetAction(parsed =>
        {
            if (!IsOverRanks && context.Launch is { Launcher: { } launcher, Size: > 1 and var size })
            {
                throw new UsageException($"{launcher} started {size} processes, and {Name} would do the same in each: start it without (docs/cluster.md)");
            }

            foreach (string file in parsed.GetRequiredValue(_assembly))
            {
                UsageException.Read(() => ModelAssembly.Load(Path.GetFullPath(file, context.Folder))).RegisterModels();
            }

            return Run(parsed, new Session(context, parsed.GetValue(_json)));
        });
    }

    /// <summary>Does the work.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    protected abstract int Run(ParseResult parsed, Session session);
}

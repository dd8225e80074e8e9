using System.CommandLine;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Shows the help of a verb, or of the tool.</summary>
internal sealed class HelpVerb : Verb
{
    private readonly Argument<string?> _verb = new("verb") { Description = "A verb; without one, all are listed", HelpName = "VERB", Arity = ArgumentArity.ZeroOrOne };

    public HelpVerb()
        : base("help", "Show the help of a verb", "nonsmooth help", "nonsmooth help train")
    {
        _verb.CompletionSources.Add([.. Names]);
        Arguments.Add(_verb);
    }

    public override bool IsOfAll => true;

    protected override int Run(ParseResult parsed, Session session)
    {
        string? name = parsed.GetValue(_verb);
        if (name is not null && !Names.Contains(name))
        {
            throw new UsageException($"no verb '{name}'{Nearest.Question(name, Names)}");
        }

        var root = parsed.RootCommandResult.Command;
        if (!session.Json)
        {
            return root.Parse(name is null ? ["--help"] : [name, "--help"]).Invoke(new InvocationConfiguration { Output = session.Context.Out });
        }

        session.Print(new Document(new Listing([.. root.Subcommands.OfType<Verb>().Where(v => name is null || v.Name == name).Select(Of)])));
        return ExitCode.Done;
    }

    private static Entry Of(Verb verb) => new(
        verb.Name,
        verb.Description!,
        [.. verb.Arguments.Select(a => new Word(a.HelpName ?? a.Name, [], a.Description, null))],
        [.. verb.Options.Select(o => new Word(o.Name, [.. o.Aliases.Where(alias => alias != o.Name)], o.Description, o.HelpName))],
        verb.Examples);

    private sealed record Listing(IReadOnlyList<Entry> Verbs);

    private sealed record Entry(string Name, string Description, IReadOnlyList<Word> Arguments, IReadOnlyList<Word> Options, IReadOnlyList<string> Examples);

    private sealed record Word(string Name, IReadOnlyList<string> Aliases, string? Description, string? Value);
}

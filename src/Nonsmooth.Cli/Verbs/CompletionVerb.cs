using System.CommandLine;
using Nonsmooth.Cli.Completion;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Prints what makes a shell complete verbs, options and values.</summary>
internal sealed class CompletionVerb : Verb
{
    private readonly Argument<string> _shell = new("shell") { Description = $"The shell: {string.Join(", ", CompletionScript.Shells)}", HelpName = "SHELL" };

    public CompletionVerb()
        : base(
            "completion",
            "Print the script that makes a shell complete verbs, options and values",
            "nonsmooth completion bash >> ~/.bashrc",
            "nonsmooth completion zsh >> ~/.zshrc",
            "nonsmooth completion fish > ~/.config/fish/completions/nonsmooth.fish",
            "nonsmooth completion pwsh >> $PROFILE")
    {
        _shell.CompletionSources.Add([.. CompletionScript.Shells]);
        Arguments.Add(_shell);
    }

    protected override int Run(ParseResult parsed, Session session)
    {
        string shell = parsed.GetRequiredValue(_shell);
        string script = CompletionScript.TryFind(shell)
            ?? throw new UsageException($"no shell '{shell}': give one of {string.Join(", ", CompletionScript.Shells)}{Nearest.Question(shell, CompletionScript.Shells)}");
        if (session.Json)
        {
            session.Print(new Document(new Result(shell, script)));
        }
        else
        {
            session.Context.Out.Write(script);
        }

        return ExitCode.Done;
    }

    private sealed record Result(string Shell, string Script);
}

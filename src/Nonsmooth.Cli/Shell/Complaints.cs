using System.CommandLine;
using Nonsmooth.Cli.Verbs;

namespace Nonsmooth.Cli.Shell;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class Complaints
{
    /// <summary>The first thing wrong, with the nearest name when it looks like a slip.</summary>
    public static string Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count > 0)
        {
            string token = parsed.UnmatchedTokens[0];
            return token.StartsWith('-')
                ? $"no option '{token}'{Nearest.Question(token, OptionNames(command))}"
                : command is Verb
                    ? $"one argument too many: '{token}'"
                    : $"no verb '{token}'{Nearest.Question(token, Verb.Names)}";
        }

        var missing = command.Arguments.FirstOrDefault(a => parsed.GetResult(a) is null or { Tokens.Count: 0 });
        return command is Verb
            ? missing is null ? parsed.Errors[0].Message : $"give a {missing.Name}"
            : $"give a verb: {Tool.Name} help lists all";
    }

    private static IEnumerable<string> OptionNames(Command command) => command.Options.Select(o => o.Name).Append("--help");
}

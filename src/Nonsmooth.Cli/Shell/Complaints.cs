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

        if (command is not Verb)
        {
            return $"give a verb: {Tool.Name} help lists all";
        }

        if (command.Options.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false } given && given.Tokens.Count < o.Arity.MinimumNumberOfValues) is { } lacking)
        {
            var tokens = parsed.GetResult(lacking)!.Tokens;
            return $"{lacking.Name} is '{string.Join(' ', tokens.Select(t => t.Value))}': give {lacking.HelpName ?? "a value"} after it";
        }

        var missing = command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a) is null or { Tokens.Count: 0 });
        return missing is null ? parsed.Errors[0].Message : $"give a {missing.Name}{Taken(parsed)}";
    }

    // An option that may stand alone takes the word after it.
    private static string Taken(ParseResult parsed) => (
        from option in parsed.CommandResult.Command.Options
        where option is { Arity: { MinimumNumberOfValues: 0, MaximumNumberOfValues: 1 } } && option.ValueType != typeof(bool)
        from token in parsed.GetResult(option)?.Tokens ?? []
        select $": {option.Name} took '{token.Value}' for its value, so put {option.Name} at the end").FirstOrDefault("");

    private static IEnumerable<string> OptionNames(Command command) => command.Options.Select(o => o.Name).Append("--help");
}

using System.Text.RegularExpressions;

namespace Nonsmooth.Cli.Shell;

/// <summary>An error as programs read it. Every complaint names what is wrong, how it was written and what to write, in that order: the parts are read from there.</summary>
/// <param name="Error">The complaint.</param>
/// <param name="Option">The option, setting or kind of name that is wrong, without dashes; null where the complaint is about none.</param>
/// <param name="Value">What was written there; null where nothing was, or it is not known.</param>
/// <param name="Mend">What to do; null where the complaint says nothing.</param>
/// <param name="ExitCode">What the process returns.</param>
internal sealed partial record ErrorObject(string Error, string? Option, string? Value, string? Mend, int ExitCode)
{
    public static ErrorObject Of(string message, int code)
    {
        var what = What().Match(message);
        var mend = Mending().Match(message);
        return new ErrorObject(message, Part(what, "option"), Part(what, "value"), Part(mend, "mend"), code);
    }

    private static string? Part(Match match, string name) => match.Groups[name] is { Success: true, Value: var value } ? value.Trim() : null;

    // --rate is 'x', alpha is 'x', no network 'x', --flip would change nothing, give a network
    [GeneratedRegex("""no option '-{1,2}(?<option>[^']+)'|(?:^|: |, |is )(?:(?:--)?(?<option>[a-z][a-z0-9-]*) is (?:'(?<value>[^']*)'|(?<value>[-\d.]+))|no (?<option>[a-z ]+) '(?<value>[^']*)'|--(?<option>[a-z-]+) )""")]
    private static partial Regex What();

    [GeneratedRegex("""(?:[:;] (?<mend>(?:did you mean|give|use|leave|choose|start|make|name|check|mend|put|install|take|set|add|move)\b.*)|^(?<mend>give .*))$""", RegexOptions.Singleline)]
    private static partial Regex Mending();
}

using System.CommandLine;

namespace Nonsmooth.Cli.Options;

/// <summary>Options that were given where they would change nothing.</summary>
internal static class Idle
{
    /// <summary>Refuses them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isUsed">Whether they change something.</param>
    /// <param name="why">Why they do not, after "for".</param>
    /// <param name="options">The options.</param>
    /// <exception cref="UsageException">They would not, and one was given.</exception>
    public static void Check(ParseResult parsed, bool isUsed, string why, params IEnumerable<Option> options)
    {
        if (!isUsed && options.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } idle)
        {
            string text = string.Join(' ', parsed.GetResult(idle)!.Tokens.Select(t => t.Value));
            throw new UsageException($"{idle.Name}{(text.Length > 0 ? $" is '{text}' and" : "")} would change nothing, for {why}: leave it out");
        }
    }
}

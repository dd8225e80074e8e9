using System.CommandLine;
using System.Globalization;
using System.Net;

namespace Nonsmooth.Cli.Live;

/// <summary>The option <c>--watch</c>, alone or with a port.</summary>
internal sealed class WatchOption
{
    private const string Name = "--watch";

    /// <summary>Makes the option.</summary>
    /// <param name="what">What it does in the verb, one line.</param>
    public WatchOption(string what) => Option = new(Name)
    {
        Description = what,
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens is not [var token])
            {
                return 0;
            }

            if (int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= IPEndPoint.MinPort + 1 and <= IPEndPoint.MaxPort)
            {
                return port;
            }

            result.AddError($"{Name} is '{token.Value}': give a port from 1 to {IPEndPoint.MaxPort}, as {Name}=8080, or {Name} at the end for a free one");
            return 0;
        },
    };

    /// <summary>What a verb adds.</summary>
    public Option<int?> Option { get; }

    /// <summary>The port that is asked for, 0 for any; null where nobody asks to watch.</summary>
    public int? Port(ParseResult parsed) => parsed.GetResult(Option) is { Implicit: false } ? parsed.GetValue(Option) ?? 0 : null;
}

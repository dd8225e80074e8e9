using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Verbs;

/// <summary>One run of a verb: the world, and the form the user wants results in.</summary>
/// <param name="Context">The world.</param>
/// <param name="Json">Whether the result is one JSON object instead of a page.</param>
internal sealed record Session(ToolContext Context, bool Json)
{
    /// <summary>Where a person reads the result.</summary>
    public Page Page { get; } = new(Json ? TextWriter.Null : Context.Out, Context.OutIsTerminal && !Json, Context.Width);

    /// <summary>Prints the result in the form that was asked for.</summary>
    public void Print<T>(T result, Action<T, Page> asPage)
    {
        if (Json)
        {
            Context.Out.WriteLine(Output.Json.Of(result));
        }
        else
        {
            asPage(result, Page);
        }
    }

    /// <summary>A line for a person, beside the result.</summary>
    public void Note(string line) => Context.Error.WriteLine($"nonsmooth: {line}");
}

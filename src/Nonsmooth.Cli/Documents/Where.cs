namespace Nonsmooth.Cli.Documents;

/// <summary>In which forms for a person a section is shown.</summary>
[Flags]
internal enum Where
{
    Terminal = 1,
    Markdown = 2,
    Html = 4,

    /// <summary>The short forms.</summary>
    Text = Terminal | Markdown,

    /// <summary>All of them.</summary>
    All = Text | Html,
}

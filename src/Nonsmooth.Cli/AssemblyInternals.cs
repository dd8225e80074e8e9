using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Browser.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Cli.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Docs.Tests")]

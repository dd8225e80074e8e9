using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Cli.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Browser.Tests")]

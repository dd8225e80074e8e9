using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Cli")]
[assembly: InternalsVisibleTo("Nonsmooth.Cli.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Engines.Tests")]

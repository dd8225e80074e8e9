using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Cli.Tests")]

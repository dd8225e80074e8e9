using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Engines.Tests")]

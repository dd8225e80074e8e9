using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Reliability.Tests")]

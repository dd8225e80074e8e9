using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Solutions.Tests")]

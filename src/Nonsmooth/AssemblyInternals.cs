using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Engines")]
[assembly: InternalsVisibleTo("Nonsmooth.LibTorch")]
[assembly: InternalsVisibleTo("Nonsmooth.Tests")]

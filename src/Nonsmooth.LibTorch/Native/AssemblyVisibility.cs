using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.LibTorch.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Solutions.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.LibTorch.Benchmarks")]
[assembly: InternalsVisibleTo("Nonsmooth.Bench")]
